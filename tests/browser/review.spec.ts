/** Reviewing access: people who may no longer need it are removed, or kept until a date. */
import { enter, expect, inDays, invite, newAccount, person, shows, test } from './portal.ts'

test('an administrator reviews access, removes one and keeps another', async ({
  page,
  request,
  moveClock,
}) => {
  const account = await newAccount(request)
  await enter(page, account.administrator)
  await moveClock(inDays(-40))
  await invite(request, account, person('Nora Never'))
  await moveClock(inDays(0))
  await invite(request, account, person('Eva Ending'), { ends_on: inDays(10) })
  await invite(request, account, person('Luis Lasting'), { ends_on: inDays(90) })

  await page.goto(`/people/?account=${account.id}`)
  await page.getByRole('link', { name: 'Review access' }).click()
  await shows(page, 'Review access')
  const [neverLinked, inactive, endingSoon] = [
    'Never signed in',
    'Inactive',
    'Access expires soon',
  ].map((name) =>
    page.locator('section', { has: page.getByRole('heading', { name, exact: true }) }),
  )
  await test.step('people are listed under the reason why they may no longer need it', async () => {
    await expect(neverLinked!.getByRole('rowheader')).toHaveText(['Nora Never'])
    await expect(inactive!).toContainText('Nobody.')
    await expect(endingSoon!.getByRole('rowheader')).toHaveText(['Eva Ending'])
    await expect(page.locator('#view'), 'not soon enough').not.toContainText('Luis Lasting')
  })

  const dialog = page.getByRole('dialog')
  await test.step('one is removed by keyboard', async () => {
    const remove = page.getByRole('button', { name: /^Delete.*Nora Never$/ })
    await page.getByRole('button', { name: /^Keep until.*Nora Never$/ }).focus()
    await page.keyboard.press('Tab')
    await expect(remove).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(dialog.getByRole('heading', { name: 'Delete Nora Never?' })).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
    await expect(remove, 'nothing was done').toBeFocused()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    await expect(dialog.getByRole('button', { name: 'Delete' })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page.locator('#toasts')).toContainText('Nora Never was deleted.')
    await expect(page.getByRole('heading', { name: 'Never signed in' })).toBeFocused()
    await expect(neverLinked!).toContainText('Nobody.')
  })

  const until = inDays(60)
  await test.step('another is kept until a date', async () => {
    await page.getByRole('button', { name: /^Keep until.*Eva Ending$/ }).click()
    await dialog.getByLabel('End date').fill(until)
    await page.keyboard.press('Enter')
    await expect(dialog).toBeHidden()
    await expect(page.locator('#status')).toContainText(/Eva Ending keeps access until \d/)
    await expect(endingSoon!.getByRole('row', { name: 'Eva Ending' })).toContainText(
      until.slice(0, 4),
    )
  })

  await test.step('the list shows the result', async () => {
    await page.getByRole('link', { name: 'Back to People' }).click()
    await shows(page, 'People')
    await expect(page.getByRole('rowheader')).toHaveText(['Ada Holm', 'Eva Ending', 'Luis Lasting'])
    await page.getByRole('link', { name: 'Review access' }).click()
    await shows(page, 'Review access')
    await expect(page.getByText('Nobody.', { exact: true })).toHaveCount(3)
    await page.goto(`/people/?account=${account.id}`)
    await page.getByRole('link', { name: 'Eva Ending' }).click()
    await page.getByRole('link', { name: 'Edit' }).click()
    await expect(page.getByLabel('End date')).toHaveValue(until)
  })
})
