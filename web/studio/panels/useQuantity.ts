import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { useStudio } from '../useStudio.ts'
import { decimalsOf } from './decimals.ts'

/** Values of the quantity shown, as people read them: as many decimals as the legend's steps need, and one more. */
export function useQuantity() {
  const { view, heat } = useStudio()
  const { t } = useI18n()
  const unit = computed(() => t(`studio.quantity.${view.value.quantity}.unit`))
  const decimals = computed(() => {
    const breaks = heat.shown.value?.picture.breaks ?? []
    const factor = view.value.quantity === 'share' ? 100 : 1
    return decimalsOf(breaks.map(limit => limit * factor))
  })
  const number = (value: number, more = 0) => {
    const places = decimals.value + more
    return view.value.quantity === 'share' ? `${(value * 100).toFixed(places)}%` : value.toFixed(places)
  }
  return {
    unit,
    number,
    said: (value: number | null) => (value === null || Number.isNaN(value) ? t('studio.nothing') : number(value, 1)),
    signed: (value: number | null) =>
      value === null || Number.isNaN(value)
        ? t('studio.nothing')
        : `${value > 0 ? '+' : value < 0 ? '−' : ''}${number(Math.abs(value), 1)}`,
  }
}
