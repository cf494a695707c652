import { Button } from "@mantine/core";
import type { UseInfiniteQueryResult } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

type Pages = Pick<UseInfiniteQueryResult, "hasNextPage" | "isFetchingNextPage" | "fetchNextPage">;

export function LoadMore({ of }: { of: Pages }) {
  const { t } = useTranslation("shell");
  if (!of.hasNextPage) return null;
  return (
    <Button variant="default" fullWidth mt="xs" loading={of.isFetchingNextPage} onClick={() => void of.fetchNextPage()} className="no-print">
      {t("more")}
    </Button>
  );
}
