import { Skeleton, Stack } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ProblemNotice } from "./ProblemNotice";

type Asked<T> = Pick<UseQueryResult<T>, "data" | "error">;

/** What a query came to: progress, a problem in words, or its content. Content already on the page stays during a failure. */
export function Outcome<T>({ of, children }: { of: Asked<T>; children: (data: T) => ReactNode }) {
  const { t } = useTranslation("shell");
  if (of.data !== undefined) {
    return (
      <>
        {of.error && <ProblemNotice error={of.error} />}
        {children(of.data)}
      </>
    );
  }
  if (of.error) return <ProblemNotice error={of.error} />;
  return (
    <Stack gap="xs" role="status" aria-label={t("loading")}>
      {[1, 2, 3, 4].map((line) => (
        <Skeleton key={line} height={22} />
      ))}
    </Stack>
  );
}
