# ruff: noqa: E501 - a table: one line for each word
"""The words around a brief, in English and Russian. TLP labels are never translated."""

from typing import Final

# Each line: key | English | Russian.
_TABLE: Final = """
centre | United Nations Regional Centre for Preventive Diplomacy for Central Asia | Региональный центр Организации Объединенных Наций по превентивной дипломатии для Центральной Азии
centre-short | the Centre | Центр
brief | Brief for a meeting | Справка к встрече
generated | Generated | Составлено
for | for | для
page | Page | Страница
of | of | из
open-page | The page of the meeting | Страница встречи
unclassified | UNCLASSIFIED | НЕСЕКРЕТНО
confidential | CONFIDENTIAL | КОНФИДЕНЦИАЛЬНО
strictly-confidential | STRICTLY CONFIDENTIAL | СТРОГО КОНФИДЕНЦИАЛЬНО
reference | Reference | Номер
when | When | Когда
where | Where | Где
unknown | not set | не указано
reason | Reason | Причина
countries | Countries | Страны
themes | Themes | Темы
delegation | Delegation | Делегация
interpreters | Interpreters | Переводчики
languages | Languages | Языки
flag | Note | Примечание
flagged | Held after a concurrence had been withdrawn | Проведена после отзыва согласия
kind:meeting | meeting | встреча
kind:call | call | телефонный разговор
kind:visit | visit | визит
kind:demarche | démarche | демарш
kind:mediation-session | mediation session | сессия посредничества
kind:seminar | seminar | семинар
kind:unplanned-encounter | unplanned encounter | незапланированный контакт
state:proposed | PROPOSED | ПРЕДЛОЖЕНА
state:scheduled | scheduled | назначена
state:suspended | SUSPENDED | ПРИОСТАНОВЛЕНА
state:held | held | проведена
state:reported | reported | отражена в отчете
state:cancelled | CANCELLED | ОТМЕНЕНА
parties | Parties | Стороны
none:parties | No party is named. | Стороны не указаны.
party:government | Government | правительство
party:de-facto-authorities | de facto authorities | власти де-факто
party:other-party | other party | иная сторона
party:regional-organization | regional organization | региональная организация
party:un-entity | United Nations entity | структура Организации Объединенных Наций
party:financial-institution | financial institution | финансовое учреждение
people | Persons met | Собеседники
none:people | No person of the register is named. | Лица из реестра не указаны.
no-position | No position is known for that day. | Должность на этот день неизвестна.
speaks | speaks | владеет языками:
concurrence | Concurrence | Согласие правительств
none:concurrence | No concurrence is shown, and none is known to be missing. | Согласия не приводятся; сведений о недостающих нет.
missing | MISSING | НЕ ПОЛУЧЕНО
until | until | до
conditions | Conditions | Условия
basis:note-verbale | note verbale | вербальная нота
basis:oral | oral | устно
basis:no-objection | no objection | отсутствие возражений
standing:requested | requested | запрошено
standing:ahead | not yet in force | еще не действует
standing:in-force | in force | действует
standing:lapsed | LAPSED | ИСТЕКЛО
standing:declined | DECLINED | ОТКЛОНЕНО
standing:withdrawn | WITHDRAWN | ОТОЗВАНО
agenda | Agenda | Повестка дня
none:agenda | No agenda is set. | Повестка дня не определена.
incidents | Recent incidents | Недавние инциденты
none:incidents | No graded incident is shown. | Оцененные инциденты не приводятся.
graded | graded | оценка:
history | History with these parties | История контактов с этими сторонами
none:history | No earlier meeting is shown. | Предыдущие встречи не приводятся.
this-meeting | On this meeting | Об этой встрече
note-to-file | Note to file | Запись для архива
readout | Readout | Публичное сообщение
commitments | Open commitments | Открытые обязательства
none:commitments | None is shown. | Не приводятся.
due:open | open | открыто
due:due | due soon | срок близок
due:overdue | OVERDUE | ПРОСРОЧЕНО
correspondence | Replies awaited | Ожидаемые ответы
none:correspondence | None is shown. | Не приводятся.
awaited | reply due | срок ответа
overdue | REPLY OVERDUE | ОТВЕТ ПРОСРОЧЕН
no-day | No day set: | Без срока:
direction:in | from | от
direction:out | to | кому:
screening | Screening (for the Head) | Проверка по санкционному перечню (для главы Центра)
none:screening | Nothing was found. | Совпадений не найдено.
screening:pending | waits for a decision | ожидает решения
screening:cleared | not the listed one | не совпадает с лицом из перечня
screening:confirmed | the listed one | совпадает с лицом из перечня
screening:lapsed | no longer listed so | запись перечня изменилась
may-be-met | may be met | встреча допускается
may-not-be-met | may not be met | встреча не допускается
not-shown | A party or person | Сторона или лицо
shortened | Not all is shown here: there is more in the registers. | Приведено не все: остальное содержится в реестрах.
"""
_ROWS: Final = [[cell.strip() for cell in line.split(" | ")] for line in _TABLE.strip().splitlines()]
WORDS: Final[dict[str, dict[str, str]]] = {"en": {key: en for key, en, _ in _ROWS}, "ru": {key: ru for key, _, ru in _ROWS}}
