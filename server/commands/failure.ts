import type { CommandFailure } from './types.ts'

/** Why a command was not done, in words that the person at the other end can act on. */
const MESSAGES: { readonly [rule: string]: { readonly en: string; readonly zh: string } } = {
  commandIdTaken: {
    en: 'this commandId was used for another request; make a new one',
    zh: '该 commandId 已用于另一请求，请换一个新的',
  },
  badCommandId: { en: 'commandId must be a UUID', zh: 'commandId 必须是 UUID' },
  notAllowed: { en: 'your role may not do this here', zh: '您的角色无权在此执行该操作' },
  notYourself: { en: 'positions are told only by the worker’s own phone', zh: '位置只能由本人的终端上报' },
  noIncident: { en: 'there is no such incident in your area', zh: '您的辖区内没有该事件' },
  noWorker: { en: 'there is no such worker in your area', zh: '您的辖区内没有该人员' },
  noCategory: { en: 'there is no such category', zh: '没有该类别' },
  noArea: { en: 'there is no such area', zh: '没有该区域' },
  needsCategory: { en: 'a new incident needs a category', zh: '新事件必须填写类别' },
  needsPlace: { en: 'a new incident needs a place or an area', zh: '新事件必须有位置或区域' },
  outsideAreas: { en: 'the place lies in none of the areas', zh: '该位置不在任何区域内' },
  outOfScope: { en: 'the place lies outside your area', zh: '该位置不在您的辖区内' },
  needsReason: { en: 'a reason is needed', zh: '必须填写原因' },
  needsAssignee: { en: 'an assignee is needed', zh: '必须指定承办人' },
  badText: { en: 'a text holds half a character or a character 0', zh: '文本含有无效字符' },
  textTooLong: {
    en: 'a title has at most 200 characters, a reason 500, other texts 4,000',
    zh: '标题最多 200 字，原因最多 500 字，其他文本最多 4000 字',
  },
  controlCharacter: { en: 'a text holds characters that cannot be seen', zh: '文本含有不可见的控制字符' },
  occurredInFuture: {
    en: 'occurredAt lies in the future; check the clock of the device',
    zh: '发生时间在未来，请校准设备时钟',
  },
  occurredTooLongAgo: {
    en: 'occurredAt is more than 30 days ago; an admin can import it',
    zh: '发生时间早于 30 天前，须由管理员导入',
  },
  badScore: { en: 'the score must be from 1 to 5', zh: '评分必须为 1 至 5' },
  badPlace: {
    en: 'lng must be from −180 to 180 and lat from −90 to 90',
    zh: '经度须在 −180 至 180、纬度须在 −90 至 90 之间',
  },
  future: { en: 'at lies in the future; check the clock of the device', zh: '时间在未来，请校准设备时钟' },
  tooOld: {
    en: 'at is more than 24 hours ago; what is older comes in by an import (gridwatch import)',
    zh: '时间早于 24 小时前，须通过导入补录（gridwatch import）',
  },
  busy: { en: 'too many changed this incident at once; try again', zh: '该事件正被多方同时修改，请重试' },
  alreadyOnDuty: { en: 'on duty already', zh: '已在岗' },
  notOnDuty: { en: 'not on duty', zh: '未在岗' },
}

export function failure(code: CommandFailure['code'], rule: string, message = MESSAGES[rule]): CommandFailure {
  return { ok: false, code, rule, message: message ?? { en: rule, zh: rule } }
}
