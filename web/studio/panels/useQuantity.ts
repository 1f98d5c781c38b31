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
  const isShare = computed(() => view.value.quantity === 'share')
  const written = (value: number, places: number) =>
    isShare.value ? `${(value * 100).toFixed(places)}%` : value.toFixed(places)
  const number = (value: number) => written(value, decimals.value)
  /** What is read at a place has a digit more than the legend, or two where only they mean something. */
  const read = (value: number) => {
    const size = Math.floor(Math.log10(Math.abs(value) * (isShare.value ? 100 : 1) || 1))
    return written(value, Math.max(decimals.value + 1, Math.min(decimals.value + 2, 1 - size)))
  }
  return {
    unit,
    number,
    said: (value: number | null) => (value === null || Number.isNaN(value) ? t('studio.nothing') : read(value)),
    signed: (value: number | null) =>
      value === null || Number.isNaN(value)
        ? t('studio.nothing')
        : `${value > 0 ? '+' : value < 0 ? '−' : ''}${read(Math.abs(value))}`,
  }
}
