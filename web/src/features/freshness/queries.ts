import { useQuery } from "@tanstack/react-query";
import { answered, api } from "../../api/client";
import type { Freshness } from "../../api/types";

const PAGE = 200;

/** Every cell of a facet: the board is only useful whole, and is bounded by places times themes. */
async function readBoard(facet: Freshness["facet"]): Promise<Freshness[]> {
  const cells: Freshness[] = [];
  let cursor: string | undefined;
  do {
    const page = await answered(api.GET("/v1/freshness", { params: { query: { facet, limit: PAGE, cursor } } }));
    cells.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor);
  return cells;
}

export function useFreshness(facet: Freshness["facet"]) {
  return useQuery({ queryKey: ["freshness", facet], queryFn: () => readBoard(facet) });
}
