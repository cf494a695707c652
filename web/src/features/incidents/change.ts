import { getRouteApi } from "@tanstack/react-router";
import type { IncidentSearch } from "./search";

const route = getRouteApi("/shell/incidents");

/** Changes the address: what somebody chose is a step that the back button takes back; a movement of the map is none. */
export function useChange(): (changed: IncidentSearch, isStep?: boolean) => void {
  const navigate = route.useNavigate();
  return (changed, isStep = true) => void navigate({ search: (before) => ({ ...before, ...changed }), replace: !isStep, resetScroll: false });
}
