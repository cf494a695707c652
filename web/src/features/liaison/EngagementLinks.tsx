import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { EngagementBrief } from "../../api/types";
import { useTimes } from "../../domain/times";
import { useMarkingOf } from "../../shell/marking";

interface EngagementLinksProps {
  title: string;
  none: string;
  engagements: EngagementBrief[];
  note?: (engagement: EngagementBrief) => ReactNode;
}

/** A short list of engagements, each leading to its page. */
export function EngagementLinks({ title, none, engagements, note }: EngagementLinksProps) {
  const { moment } = useTimes();
  useMarkingOf(engagements);
  return (
    <>
      <p>
        <strong>{engagements.length > 0 ? title : none}</strong>
      </p>
      <ul>
        {engagements.map((engagement) => (
          <li key={engagement.id}>
            <Link to="/engagements/$id" params={{ id: engagement.id }}>
              {engagement.reference} {engagement.title}
            </Link>
            , {moment(engagement.starts_at)} {note?.(engagement)}
          </li>
        ))}
      </ul>
    </>
  );
}
