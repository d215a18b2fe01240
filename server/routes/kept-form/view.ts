import { type KeptForm, keptFormView } from '../../form.ts'

/** Everything views/kept-form/show.hbs prints. */
export function keptFormPageView(form: KeptForm) {
  return { title: '您刚才填写的内容还在', kept: keptFormView(form) }
}
