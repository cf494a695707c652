import { useEffect, useLayoutEffect, useRef, useState, type FocusEventHandler, type ReactNode } from "react";

interface ScrollFrameProps {
  label: string;
  className: string | undefined;
  children: ReactNode;
  onFocus?: () => void;
  onBlur?: FocusEventHandler<HTMLElement>;
}

/** A frame for what may be wider than the page; a stop for the Tab key only while there is something to scroll. */
export function ScrollFrame({ label, className, children, onFocus, onBlur }: ScrollFrameProps) {
  const frame = useRef<HTMLDivElement>(null);
  const [isScrolling, setScrolling] = useState(false);
  // With every change of the content, before it is painted: at no moment does something scroll that no key reaches.
  useLayoutEffect(() => {
    if (frame.current) setScrolling(overflows(frame.current));
  }, [children]);
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const watch = new ResizeObserver(() => setScrolling(overflows(element)));
    watch.observe(element);
    [...element.children].forEach((child) => watch.observe(child));
    return () => watch.disconnect();
  }, []);
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/no-noninteractive-tabindex -- it listens to focus passing through, and scrolls by keyboard
    <div ref={frame} className={className} role="group" aria-label={label} tabIndex={isScrolling ? 0 : undefined} onFocus={onFocus} onBlur={onBlur}>
      {children}
    </div>
  );
}

function overflows(element: HTMLElement): boolean {
  return element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight;
}
