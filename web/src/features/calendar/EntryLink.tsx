import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { CalendarEntry } from "../../api/types";

interface EntryLinkProps {
  to: CalendarEntry;
  className?: string | undefined;
  /** Inside the month's grid the arrows walk by day; the Tab key passes the links by. */
  isPassedBy?: boolean;
  children: ReactNode;
}

/** Leads to the entry's own page; commitments have one page together. */
export function EntryLink({ to, className, isPassedBy = false, children }: EntryLinkProps) {
  const how = { className, ...(isPassedBy ? { tabIndex: -1 } : { "data-row": true }) };
  if (to.kind === "commitments")
    return (
      <Link to="/commitments" {...how}>
        {children}
      </Link>
    );
  return (
    <Link to={to.kind === "engagements" ? "/engagements/$id" : "/correspondence/$id"} params={{ id: to.id }} {...how}>
      {children}
    </Link>
  );
}
