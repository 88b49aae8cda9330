/// The names of the files, by what the worker is for; the build fills them in.
declare const WORKERS: Record<'editor' | 'json' | 'graphql', string>;

/// Monaco asks for a worker by the language of the text.
Object.assign(globalThis, {
  MonacoEnvironment: {
    getWorker(_: string, label: string): Worker {
      const name = label === 'json' || label === 'graphql' ? label : 'editor';
      return new Worker(new URL(WORKERS[name], import.meta.url), { type: 'module' });
    },
  },
});
