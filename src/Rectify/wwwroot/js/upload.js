// Says before sending what the server would say after: a file too large for it. Shows that a file is being read.
for (const form of document.querySelectorAll('form[data-largest]')) {
  const field = form.querySelector('input[type="file"]');
  const button = form.querySelector('button');
  const words = button.textContent;
  const judge = () => {
    const size = field.files[0]?.size ?? 0;
    field.setCustomValidity(size > Number(form.dataset.largest) ? form.dataset.tooLarge : '');
  };
  field.addEventListener('change', () => { judge(); field.reportValidity(); });
  form.addEventListener('submit', () => {
    form.setAttribute('aria-busy', 'true');
    button.textContent = form.dataset.busy;
  });
  // Back from the next page.
  window.addEventListener('pageshow', () => { form.removeAttribute('aria-busy'); button.textContent = words; });
}
