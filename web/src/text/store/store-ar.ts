import type { StoreMessages } from '../messages.js';

const ar: StoreMessages = {
  wait: 'انتظار',
  updating: 'جارٍ التحديث…',
  holdEnded: 'انتهى الحجز وعاد رصيدك ({name}). هل تطبّق مرة أخرى؟',
  changedElsewhere: 'تغيّرت مكافآتك في صفحة أخرى.',
  nothingApplied: 'لا شيء مطبّق الآن.',
  staysApplied: 'يبقى {what} مطبّقًا إلى أن تطبّق هذا الاختيار.',
  priceWouldBe: 'سيكون الإجمالي {total}، وكان المعروض {before}. لم يُطبّق شيء بعد.',
  ordered: 'تم تقديم طلبك.',
  reason_NO_ANSWER: 'لم يصل رد المتجر. حاول مرة أخرى: لن يُطبّق أكثر من مرة.',
  reason_RATE_LIMITED: 'محاولات كثيرة. انتظر {time} ثم حاول مرة أخرى.',
  reason_TEMPORARY: 'لا يستطيع المتجر الرد الآن. حاول بعد لحظات.',
  reason_CHECKOUT_COMPLETED: 'تم تقديم هذا الطلب من قبل.',
  reason_CHECKOUT_NOT_FOUND: 'لم تعد هذه السلة لدى المتجر. أعد تحميل الصفحة.',
};

export default ar;
