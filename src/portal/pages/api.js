/** Asks the API. Resolves to the data; rejects with the first refusal, whose `extensions.code` says what it is. */
export async function ask(query, variables = {}) {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  if (errors) throw Object.assign(new Error(errors[0].message), errors[0]);
  return data;
}

/** The element with this id. */
export function element(id) {
  return document.getElementById(id);
}

/** Does something, and shows what went wrong where it did. */
export async function attempt(work) {
  const alert = element('alert');
  alert.textContent = '';
  try {
    await work();
  } catch (error) {
    alert.textContent = error.message;
  }
}

/** Calls the work when the form is sent, instead of leaving the page. */
export function onSubmit(id, work) {
  element(id).addEventListener('submit', (event) => {
    event.preventDefault();
    void attempt(() => work(event.target.elements));
  });
}
