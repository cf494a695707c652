/** The fields in which two versions of a form differ, in the order of the first. */
export function changedFields<F extends object>(one: F, other: F): (keyof F & string)[] {
  const fields = Object.keys(one) as (keyof F & string)[];
  return fields.filter((field) => JSON.stringify(one[field]) !== JSON.stringify(other[field]));
}

/** Mine where I changed something since `base`, theirs everywhere else. */
export function rebased<F extends object>(mine: F, base: F, theirs: F): F {
  const own = Object.fromEntries(changedFields(base, mine).map((field) => [field, mine[field]]));
  return { ...theirs, ...own };
}
