import { useTranslation } from "react-i18next";
import type { LiveState } from "../api/live-updates";
import { StateWord } from "../parts/StateWord";

const TONES = { connecting: "calm", live: "good", reconnecting: "care" } as const;

/** Says whether the page follows what happens, in words. */
export function LiveIndicator({ state }: { state: LiveState }) {
  const { t } = useTranslation("shell");
  return (
    <span role="status" data-live={state}>
      <StateWord tone={TONES[state]}>{t(`live.${state}`)}</StateWord>
    </span>
  );
}
