import { useEffect, useState } from "react";

/** Gives the focus back, when a dialog goes, to what opened it: whoever works by keys stays where they were. */
export function useReturnedFocus(): void {
  const [opener] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true });
    },
    [opener],
  );
}
