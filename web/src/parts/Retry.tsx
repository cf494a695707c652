import { Button } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ProblemNotice } from "./ProblemNotice";

/** A failed question in plain words, and a button that asks again; nothing while it has not failed. */
export function Retry({ of: { error, isFetching, refetch } }: { of: Pick<UseQueryResult, "error" | "isFetching" | "refetch"> }) {
  const { t } = useTranslation("shell");
  if (!error) return null;
  return (
    <div>
      <ProblemNotice error={error} />
      <Button size="compact-sm" mt="xs" variant="default" loading={isFetching} onClick={() => void refetch()}>
        {t("retry")}
      </Button>
    </div>
  );
}
