/** Pages to read: the button that prints them. */
for (const button of document.querySelectorAll<HTMLButtonElement>('button.print')) {
  button.hidden = false
  button.addEventListener('click', () => print())
}

export {}
