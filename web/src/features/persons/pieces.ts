import type { PersonNamedIn } from "../../api/types";

export interface Piece {
  text: string;
  person?: PersonNamedIn;
}

interface Spot {
  start: number;
  end: number;
  person: PersonNamedIn;
}

/** A text cut where it names persons. The service counts characters, JavaScript half of some: so the text is cut by character. */
export function piecesOf(text: string, field: "title" | "text", persons: PersonNamedIn[]): Piece[] {
  const characters = Array.from(text);
  const said = (start: number, end: number) => characters.slice(start, end).join("");
  const pieces: Piece[] = [];
  let end = 0;
  for (const spot of spotsIn(field, persons)) {
    if (spot.start < end) continue;
    if (spot.start > end) pieces.push({ text: said(end, spot.start) });
    pieces.push({ text: said(spot.start, spot.end), person: spot.person });
    end = spot.end;
  }
  if (end < characters.length) pieces.push({ text: said(end, characters.length) });
  return pieces;
}

function spotsIn(field: "title" | "text", persons: PersonNamedIn[]): Spot[] {
  const spots = persons.flatMap((person) => person.places.filter((place) => place.field === field).map(({ start, end }) => ({ start, end, person })));
  return spots.sort((one, other) => one.start - other.start || other.end - one.end);
}
