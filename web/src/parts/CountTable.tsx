import { useRef, type ReactNode } from "react";
import { useRowKeys } from "./row-keys";
import { ScrollFrame } from "./ScrollFrame";
import styles from "./Table.module.css";

interface CountTableProps {
  title: string;
  columns: readonly string[];
  children: ReactNode;
}

/** A table of a panel: a caption for readers, and heads. */
export function CountTable({ title, columns, children }: CountTableProps) {
  const table = useRef<HTMLTableElement>(null);
  useRowKeys(table);
  return (
    <ScrollFrame className={styles.scroll} label={title}>
      <table ref={table} className={styles.table}>
        <caption className="visually-hidden">{title}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </ScrollFrame>
  );
}
