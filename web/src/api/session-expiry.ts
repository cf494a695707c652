/** Tells the shell that a request was answered 401, so that it can ask for the credentials without leaving the page. */
type Listener = () => void;

const listeners = new Set<Listener>();
let expired = false;

function set(value: boolean): void {
  if (expired === value) return;
  expired = value;
  listeners.forEach((listener) => listener());
}

export const sessionExpiry = {
  announce: () => set(true),
  forget: () => set(false),
  isExpired: () => expired,
  subscribe: (listener: Listener): Listener => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
