import { useState } from "react";

/** The last answer there was: a failure, or a slow line, leaves on the page what was there before. */
export function useFormer<T>(data: T | undefined): T | undefined {
  const [former, setFormer] = useState(data);
  if (data !== undefined && data !== former) setFormer(data);
  return data ?? former;
}
