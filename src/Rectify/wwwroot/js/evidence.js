// Sends files piece by piece (tus 1.0.0), so that a cut line costs nothing. Without this script the form sends them itself.
const piece = 8 * 1024 * 1024;
const pause = ms => new Promise(resolve => setTimeout(resolve, ms));
const base64 = text => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
const fill = (text, value) => text.replace('{0}', value);

for (const box of document.querySelectorAll('[data-tus]')) {
  const form = box.closest('form');
  const list = box.querySelector('[data-list]');
  const say = box.querySelector('[data-say]');
  let open = 0;
  let waiting = false;

  // What was begun and cut is found again, also after the page was closed.
  const known = file => `tus ${file.name} ${file.size} ${file.lastModified}`;

  const send = async (file, row) => {
    const headers = { 'Tus-Resumable': '1.0.0' };
    let address = localStorage.getItem(known(file));
    let offset = 0;
    for (let tries = 0; ;) {
      try {
        if (address) {
          const answer = await fetch(address, { method: 'HEAD', headers });
          if (answer.ok) offset = Number(answer.headers.get('Upload-Offset'));
          else if (answer.status === 404 || answer.status === 410) { address = null; offset = 0; }
          else throw new Error();
        }
        if (!address) {
          const answer = await fetch(box.dataset.tus, {
            method: 'POST', headers: { ...headers, 'Upload-Length': file.size, 'Upload-Metadata': `filename ${base64(file.name)}` },
          });
          if (!answer.ok) {
            if (answer.status >= 500 && answer.status !== 507) throw new Error();
            return { refused: (await answer.json().catch(() => ({}))).title ?? answer.status };
          }
          address = answer.headers.get('Location');
          localStorage.setItem(known(file), address);
        }
        while (offset < file.size) {
          row.textContent = fill(box.dataset.part, Math.floor(100 * offset / file.size));
          const answer = await fetch(address, {
            method: 'PATCH', headers: { ...headers, 'Upload-Offset': offset, 'Content-Type': 'application/offset+octet-stream' },
            body: file.slice(offset, offset + piece),
          });
          if (answer.status === 507 || answer.status === 413) return { refused: (await answer.json().catch(() => ({}))).title ?? answer.status };
          if (!answer.ok) throw new Error();
          offset = Number(answer.headers.get('Upload-Offset'));
          tries = 0;
        }
        localStorage.removeItem(known(file));
        return { id: address.split('/').pop() };
      } catch {
        // Ten minutes of trying, slower each time; then the reader decides.
        row.textContent = box.dataset.cut;
        if (++tries > 20) return { cut: true };
        await pause(Math.min(30000, 500 * 2 ** tries));
      }
    }
  };

  // The focus does not vanish with the line that had it.
  const drop = line => {
    const next = (line.nextElementSibling ?? line.previousElementSibling)?.querySelector('button') ?? box.querySelector('input[type=file]');
    line.remove();
    next.focus();
  };

  const take = async file => {
    const line = list.appendChild(document.createElement('li'));
    const name = line.appendChild(document.createElement('span'));
    name.textContent = file.name;
    line.append(' ');
    const row = line.appendChild(document.createElement('span'));
    row.className = 'sub';
    line.append(' ');
    const remove = line.appendChild(document.createElement('button'));
    remove.type = 'button';
    remove.className = 'btn btn-plain';
    remove.textContent = box.dataset.remove;
    remove.setAttribute('aria-label', `${box.dataset.remove} ${file.name}`);
    remove.addEventListener('click', () => drop(line));
    if (file.size > Number(box.dataset.largest)) { row.textContent = box.dataset.tooLarge; return false; }
    const sent = await send(file, row);
    if (sent.id) {
      row.textContent = box.dataset.here;
      const field = document.createElement('input');
      Object.assign(field, { type: 'hidden', name: 'upload', value: sent.id });
      line.prepend(field);
    } else if (sent.refused) {
      row.textContent = `${box.dataset.refused} ${sent.refused}`;
    } else {
      const again = line.appendChild(document.createElement('button'));
      again.type = 'button';
      again.className = 'btn btn-plain';
      again.textContent = box.dataset.again;
      again.addEventListener('click', () => { drop(line); takeAll([file]); });
    }
    return Boolean(sent.id);
  };

  // A folder is walked through; hidden files that systems leave behind are no evidence.
  const walk = async entry => {
    if (entry.isFile) return entry.name.startsWith('.') || entry.name === 'Thumbs.db' ? [] : [await new Promise((yes, no) => entry.file(yes, no))];
    const reader = entry.createReader();
    const found = [];
    for (;;) {
      const some = await new Promise((yes, no) => reader.readEntries(yes, no));
      if (some.length === 0) return found;
      for (const one of some) found.push(...await walk(one));
    }
  };

  // One after the other: a slow line is not faster for being shared.
  let queue = Promise.resolve();
  const takeAll = files => {
    if (!('many' in box.dataset)) list.replaceChildren();
    for (const file of 'many' in box.dataset ? files : files.slice(0, 1)) {
      open++;
      queue = queue.then(async () => {
        const arrived = await take(file);
        open--;
        if (open > 0 || !waiting) return;
        waiting = false;
        say.textContent = '';
        if (arrived) form.requestSubmit();
      });
    }
  };

  for (const input of box.querySelectorAll('input[type=file]')) {
    input.removeAttribute('name');
    input.removeAttribute('required');
    const chosen = () => { takeAll([...input.files]); input.value = ''; };
    input.addEventListener('change', chosen);
    if (input.files.length > 0) chosen(); // before this script had come
  }

  say.textContent = box.dataset.drop;
  box.addEventListener('dragover', event => event.preventDefault());
  box.addEventListener('drop', async event => {
    event.preventDefault();
    const entries = [...event.dataTransfer.items].map(item => item.webkitGetAsEntry?.()).filter(Boolean);
    const plain = [...event.dataTransfer.files];
    const files = [];
    for (const entry of entries) files.push(...await walk(entry));
    takeAll(entries.length ? files : plain);
  });

  form.addEventListener('submit', event => {
    if (open === 0) return;
    event.preventDefault();
    waiting = true;
    say.textContent = box.dataset.waits;
  });
}
