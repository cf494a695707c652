import { useEffect, useRef, useState, type FocusEventHandler, type ReactNode } from "react";

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
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const measure = () => setScrolling(element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight);
    const watch = new ResizeObserver(measure);
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
