import { useWords } from "../../domain/words";
import { useParties } from "../liaison/queries";
import type { ContactEntry } from "./contact-entry";
import type { LabelEntry } from "./label-entry";
import type { PartyEntry } from "./party-entry";

type TextOf<E> = (field: keyof E & string, of: E) => string;

function useLabelTexts(): (field: string, of: LabelEntry) => string | undefined {
  const { word, words } = useWords();
  return (field, { sensitivity, tlp, releasable }) => {
    if (field === "sensitivity") return word("sensitivity", sensitivity);
    if (field === "tlp") return `TLP:${tlp}`;
    return field === "releasable" ? words("organization", releasable) : undefined;
  };
}

/** What each field of a person's entry says, as it would be read aloud. */
export function useContactTexts(): TextOf<ContactEntry & LabelEntry> {
  const { word, words } = useWords();
  const labelText = useLabelTexts();
  return (field, of) => {
    if (field === "channels") return of.channels.map(({ kind, value }) => `${word("channelKind", kind)}: ${value}`).join("\n");
    if (field === "countries") return words("country", of.countries);
    return labelText(field, of) ?? String(of[field]);
  };
}

/** The same for a party's. */
export function usePartyTexts(): TextOf<PartyEntry & LabelEntry> {
  const { words } = useWords();
  const parties = useParties().data ?? [];
  const labelText = useLabelTexts();
  const nameOf = (id: string) => parties.find((party) => party.id === id)?.name ?? id;
  return (field, of) => {
    if (field === "otherNames") return of.otherNames.map(({ language, name }) => `${language}: ${name}`).join("\n");
    if (field === "countries") return words("country", of.countries);
    if (field === "members") return of.members.map(nameOf).join(", ");
    if (field === "parent") return of.parent ? nameOf(of.parent) : "";
    return labelText(field, of) ?? String(of[field]);
  };
}
