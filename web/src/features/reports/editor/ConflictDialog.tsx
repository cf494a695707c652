import { Button, Modal, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Outcome } from "../../../parts/Outcome";
import { useReturnedFocus } from "../../../parts/returned-focus";
import { readReport } from "../queries";
import styles from "./ConflictDialog.module.css";
import { draftOf, type Draft } from "./draft";
import type { KeptDraftHandle } from "./kept-draft";

/** Somebody saved meanwhile: shows both texts and lets the person go on without either being lost. */
export function ConflictDialog({ id, kept, onClose }: { id: string; kept: KeptDraftHandle; onClose: () => void }) {
  const { t } = useTranslation("reports");
  const theirs = useQuery({ queryKey: ["reports", "conflict", id], queryFn: () => readReport(id), staleTime: 0, gcTime: 0 });
  useReturnedFocus();
  return (
    <Modal opened onClose={onClose} title={t("conflict.title")} size="xl" centered closeButtonProps={{ "aria-label": t("conflict.close") }}>
      <Stack>
        <p className={styles.lead}>{t("conflict.detail")}</p>
        <Outcome of={theirs}>
          {(report) => (
            <>
              <div className={styles.sides}>
                <Side title={t("conflict.mine")} draft={kept.draft} other={draftOf(report)} />
                <Side title={t("conflict.theirs")} draft={draftOf(report)} other={kept.draft} />
              </div>
              <Button
                onClick={() => {
                  kept.rebase(report.version);
                  onClose();
                }}
              >
                {t("conflict.keepMine")}
              </Button>
              <Button
                variant="default"
                onClick={() => {
                  kept.putAside({ draft: draftOf(report), baseVersion: report.version });
                  onClose();
                }}
              >
                {t("conflict.takeTheirs")}
              </Button>
            </>
          )}
        </Outcome>
      </Stack>
    </Modal>
  );
}

function linesOf(draft: Draft): string[] {
  return [draft.title, ...draft.sections.flatMap((section) => [`§ ${section.title}`, ...section.statements.map((statement) => statement.text)])].filter((line) => line.trim());
}

function Side({ title, draft, other }: { title: string; draft: Draft; other: Draft }) {
  const { t } = useTranslation("reports");
  const others = new Set(linesOf(other));
  return (
    <section aria-label={title} className={styles.side}>
      <h3>{title}</h3>
      {linesOf(draft).map((line, index) => (
        <p key={`${index}${line}`} data-differs={!others.has(line)}>
          {!others.has(line) && <strong>{t("conflict.differs")} </strong>}
          {line}
        </p>
      ))}
    </section>
  );
}
