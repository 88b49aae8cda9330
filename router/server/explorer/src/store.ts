import { useSyncExternalStore } from 'react';

/// A value that components follow.
export class Store<T> {
  private readonly listeners = new Set<() => void>();

  constructor(private value: T) {}

  readonly read = (): T => this.value;

  write(value: T): void {
    this.value = value;
    this.listeners.forEach((listener) => listener());
  }

  private readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  use(): T {
    return useSyncExternalStore(this.subscribe, this.read);
  }
}
