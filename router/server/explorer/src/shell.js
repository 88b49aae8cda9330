// Runs before the first paint: takes the theme that was chosen, and loads the rest.
(() => {
  const root = document.documentElement;
  try {
    root.dataset.theme = localStorage.getItem('graphiql:theme') || '';
  } catch {
    // Without storage, the theme is that of the system.
  }
  const folder = new URL('.', document.currentScript.src).href;

  const failed = () => {
    const shell = document.querySelector('.shell');
    if (shell) {
      shell.setAttribute('aria-label', 'The explorer could not be loaded');
      shell.textContent = 'The explorer could not be loaded. Is the router still running?';
    }
  };
  const add = (tag, properties) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.onerror = failed;
    document.head.append(element);
    return element;
  };

  add('link', { rel: 'modulepreload', href: `${folder}main.js` });
  const style = add('link', { rel: 'stylesheet', href: `${folder}main.css` });
  style.onload = () => add('script', { type: 'module', src: `${folder}main.js` });
})();
