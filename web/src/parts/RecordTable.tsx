import { useRef, type ReactNode } from "react";
import { useRowKeys } from "./row-keys";
import { ScrollFrame } from "./ScrollFrame";
import { useSteadyOrder } from "./steady-order";
import styles from "./Table.module.css";

interface RecordTableProps<T> {
  title: string;
  heads: string[];
  of: T[];
  /** The row of one record, with its key. */
  children: (record: T) => ReactNode;
}

/** Records as a table: j and k walk it, and its order holds while somebody is on one. */
export function RecordTable<T extends { id: string }>({ title, heads, of, children }: RecordTableProps<T>) {
  const table = useRef<HTMLTableElement>(null);
  const steady = useSteadyOrder(of);
  useRowKeys(table);
  return (
    <ScrollFrame className={styles.scroll} label={title} {...steady.list}>
      <table ref={table} className={styles.table}>
        <caption className="visually-hidden">{title}</caption>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{steady.items.map(children)}</tbody>
      </table>
    </ScrollFrame>
  );
}
