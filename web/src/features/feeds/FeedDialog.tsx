import { Stack } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Feed } from "../../api/types";
import { ConfirmDialog } from "../../parts/ConfirmDialog";
import { bodyOf, entryOf, mappingOf, type FeedEntry } from "./feed-entry";
import { FetchFields, IdentityFields, LabelFields, ReadingFields } from "./FeedFields";
import { useSaveFeed } from "./queries";

/** Makes a feed, or changes the one given. */
export function FeedDialog({ of: given, onClose }: { of?: Feed; onClose: () => void }) {
  const { t } = useTranslation("feeds");
  const navigate = useNavigate();
  // As it was when the dialog opened: what somebody else saves meanwhile is not overwritten unseen.
  const [of] = useState(given);
  const [entry, setEntry] = useState(() => entryOf(of));
  const saved = useSaveFeed(of);
  const change = (part: Partial<FeedEntry>) => setEntry((before) => ({ ...before, ...part }));
  const send = () =>
    saved.mutate(bodyOf(entry), {
      onSuccess: ({ id }) => {
        onClose();
        void navigate({ to: "/feeds/$id", params: { id } });
      },
    });
  const isUnready = [entry.id, entry.organization, entry.name].some((each) => each.trim() === "") || mappingOf(entry) === undefined;
  const fields = { entry, change, error: saved.error };
  return (
    <ConfirmDialog title={t(of ? "change" : "make")} confirm={t("save")} size="lg" isBlocked={isUnready} isPending={saved.isPending} error={saved.error} onConfirm={send} onClose={onClose}>
      <Stack gap="sm">
        <IdentityFields {...fields} isNew={!of} />
        <ReadingFields {...fields} />
        <FetchFields {...fields} />
        <LabelFields {...fields} />
      </Stack>
    </ConfirmDialog>
  );
}
