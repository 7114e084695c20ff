// Passkeys: asks the server what to ask the device, asks the device, and posts its answer with the form it belongs to.
// Without scripts, or in a browser that knows no passkeys, the forms stay hidden and passwords work as ever.

// A passkey belongs to a name, so it cannot be used where the site is opened by its number.
const byNumber = /^[\d.]+$|^\[/.test(location.hostname);
const known = window.PublicKeyCredential && PublicKeyCredential.parseRequestOptionsFromJSON && !byNumber;

async function answer(form) {
  const token = form.elements.__RequestVerificationToken.value;
  const asked = await fetch(form.dataset.options, { method: 'POST', body: new URLSearchParams({ __RequestVerificationToken: token }) });
  if (!asked.ok) throw new Error(`${asked.status}`);
  const options = await asked.json();
  const credential = form.dataset.passkey === 'create'
    ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
    : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
  return JSON.stringify(credential.toJSON());
}

document.querySelectorAll('form[data-passkey]').forEach(form => {
  if (!known) return;
  form.hidden = false;
  form.addEventListener('submit', async event => {
    event.preventDefault();
    const error = form.querySelector('[data-passkey-error]');
    error.hidden = true;
    try {
      form.elements.credential.value = await answer(form);
      form.submit();
    } catch {
      error.hidden = false; // refused by its owner, or too slow: nothing was changed
    }
  });
});
document.querySelectorAll('[data-no-passkey]').forEach(note => { note.hidden = Boolean(known); });
