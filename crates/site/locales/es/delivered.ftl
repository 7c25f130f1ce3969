# El transportista dice que entregó y nadie escaneó: las páginas del personal, la carta, la página del residente.

staff-claims-title = Entregado según el transportista
staff-claims-lead = Lo que los transportistas dicen haber entregado y si alguien lo escaneó aquí.
staff-claims-scans = Por transportista
staff-claims-add = Añadir números de seguimiento
staff-claims-add-do = Buscarlos
staff-claims-numbers = Números de seguimiento
staff-claims-numbers-hint = Uno por línea o separados por comas. Hasta 50 a la vez.
staff-claims-by-number = El que diga el número
staff-claims-unit = Apartamento, si se sabe
staff-claims-day = Entregado el
staff-claims-hour = A las
staff-claims-when-hint = Sin día es ahora mismo. Hasta 14 días atrás.
staff-claims-message = Añadir un mensaje del transportista
staff-claims-message-do = Buscar los números
staff-claims-text = Texto del mensaje
staff-claims-text-hint = Péguelo entero. Solo se toman los números de seguimiento; el texto no se guarda.
staff-claims-file = O el mensaje como archivo
staff-claims-message-when-hint = Sin día, fue cuando se envió el mensaje, si eso figura en él.
staff-claims-on-its-way = Este mensaje dice que un paquete está en camino, no que se entregó. Si aun así se entregó, escriba su número en el formulario de números.
staff-claims-undated = Este mensaje no dice cuándo se envió. Sus números están en el formulario de números: diga ahí cuándo se entregaron y envíelos.
staff-claims-noted = { $n ->
    [one] Se anotó { $n } número.
   *[other] Se anotaron { $n } números.
 }
staff-claims-nothing-found = No se encontró ningún número de seguimiento. Escríbalo en el formulario de números.
staff-claims-no-numbers = Esto no son números de seguimiento: { $list }. Corríjalos y envíelos otra vez.
staff-claims-more = A la vez solo se toman los primeros { $n } números o los primeros 128 KB de un texto. Envíe el resto otra vez.
staff-claims-show-overdue = Vencidos
staff-claims-show-waiting = Aún pueden llegar
staff-claims-show-found = Encontrados
staff-claims-show-explained = No están
staff-claims-empty-title = Nada aquí
staff-claims-empty-overdue = Todo lo que dan por entregado se escaneó o aún puede llegar.
staff-claims-empty-waiting = No se espera nada.
staff-claims-empty-found = Todavía no se encontró nada.
staff-claims-empty-explained = Todavía no se explicó nada.
staff-claims-head-number = Número de seguimiento
staff-claims-head-said = Entregado, según dicen
staff-claims-n = Aviso { $n }
staff-claims-source = Dicho por
staff-claims-name = Destinatario
staff-claims-by-staff = Personal
staff-claims-by-resident = Residente
staff-claims-by-mail = Mensaje del transportista
staff-claims-by-easy-post = EasyPost
staff-claims-by-shippo = Shippo
staff-claims-by-after-ship = AfterShip
staff-claims-is-waiting = Puede llegar hasta { $until }
staff-claims-is-due = Nadie lo escaneó
staff-claims-is-asked = Transportista consultado, respuesta hasta { $until }
staff-claims-is-met = Llegó
staff-claims-is-found = Encontrado
staff-claims-same-number = Aquí se escaneó un paquete con este número. Es de otro apartamento, o su repartidor se lo llevó. Mire primero ese paquete.
staff-claims-here = Si está aquí
staff-claims-not-here = Si no está aquí
staff-claims-no-drops = No hay paquetes sin escanear por ordenar.
staff-claims-passed = Entró por entonces y no escaneó nada:
staff-entry-unscanned = No se escaneó nada
staff-entry-unscanned-text = Lo que dejó todavía no es de nadie. Mire las fotos y búsquelo: si su empresa dice que lo entregó, recíbalo desde allí; si no, diga aquí de quién es.
staff-claims-take-in = Recibirlo
staff-claims-left-then = Lo dejó entonces: recibirlo
staff-adopt-title = ¿De quién es?
staff-adopt-as-written = Como está escrito abajo
staff-adopt-name-hint = Si se puede leer. Sin apartamento se ofrecen las personas con ese nombre.
staff-adopt-number-hint = Si se puede leer. Escrito o escaneado.
staff-adopt-put = Dónde está ahora
staff-adopt-stays = Se queda donde está
staff-adopt-desk = En el mostrador
staff-adopt-shelf = Estante { $shelf }
staff-adopt-do = Es suyo
staff-adopt-all-the-same = Es para este hogar de todos modos
staff-adopt-nobody = Escriba el apartamento. Nadie aquí tiene el nombre de la etiqueta.
staff-said-adopted = Es suyo y se le ha avisado.
staff-claims-other-parcel = Es otro paquete
staff-claims-parcel-number = Número del paquete
staff-claims-this-is-it = Es el paquete { $n }
staff-claims-found-do = Es este
staff-claims-not-here-text = La carta dice lo que afirma el transportista y lo que el sitio registró ese día. Mientras se espera la respuesta no es una tarea.
staff-claims-letter-do = Carta al transportista
staff-claims-letter-again = Mostrar la carta
staff-claims-explain = Decir por qué no está
staff-claims-explain-do = Cerrarlo
staff-claims-why = Por qué
staff-claims-why-with-recipient = Lo tiene el destinatario
staff-claims-why-another-address = Lo dejaron en otra dirección
staff-claims-why-corrected = El transportista lo retira
staff-claims-why-compensated = El transportista lo paga
staff-claims-why-other = Otra razón
staff-claims-words = Con sus palabras
staff-said-claim-found = Encontrado: es este paquete.
staff-said-claim-explained = Cerrado: se sabe por qué no está.

staff-scans-title = Entradas y escaneos por transportista
staff-scans-lead = Quién entra, quién escanea y qué dan por entregado.
staff-scans-days = { $n } días
staff-scans-entries = Entradas con sus códigos
staff-scans-deposits = Escaneados por sus repartidores
staff-scans-without = Aquí sin su escaneo
staff-scans-without-hint = Sin su escaneo están los paquetes dejados en un montón, escritos a mano o recibidos por el personal.
staff-scans-claims = Dados por entregados
staff-scans-unscanned = Nadie los escaneó a tiempo
staff-scans-empty-title = Nada que comparar
staff-scans-empty = En estos días nadie entró con un código ni se entregó nada.
staff-scans-hint = Un mensajero que llama, o cuya puerta está abierta por horario, no tiene entrada con código.

staff-waits-title = Cuánto se espera
staff-waits-brings = Horas para un transportista que trae lo que entrega
staff-waits-hands-on = Horas para uno que lo pasa a otros o no se conoce
staff-waits-which = Pasan paquetes a otros y lo llaman entregado
staff-waits-answer = Días para la respuesta a una carta
staff-waits-drops-shown = Días que los residentes ven paquetes sin escanear; 0: nunca
staff-waits-drops-shown-hint = En la página de su enlace, en su edificio, y solo fotos de cámaras que nunca ven personas.
staff-waits-invalid = horas hasta 72 y hasta 336, y de 1 a 90 días para la respuesta

staff-letter-subject = Paquete { $number }: dado por entregado, no recibido
staff-letter-to = A: { $carrier }, departamento de reclamaciones
staff-letter-lead = Ustedes informan de que el paquete indicado abajo se entregó en esta dirección. No se nos entregó en mano ni se escaneó en una taquilla, un estante o el mostrador. El { $day } nuestro sistema registró esto de { $carrier }:
staff-letter-number = Número de seguimiento
staff-letter-said-at = Entregado, según ustedes
staff-letter-place = Dirección
staff-letter-entries = Entradas con sus códigos ese día
staff-letter-scanned = Paquetes que escanearon sus repartidores ese día
staff-letter-without = Paquetes suyos encontrados o recibidos ese día sin escaneo de sus repartidores
staff-letter-ledger = Cada entrada y cada paquete queda en un registro firmado que después no se puede cambiar. Podemos enviarles un extracto firmado.
staff-letter-ask = Envíennos la prueba de entrega con su lugar, hora y foto, o busquen el paquete y tráiganlo.
staff-letter-until = Les pedimos respuesta antes del { $until }.
staff-letter-regards = Atentamente

staff-task-one-is-theirs = { $who } dice que un paquete sin escanear es suyo
staff-task-one-is-theirs-detail = { $unit }. Mire la etiqueta y diga de quién es.
staff-task-one-is-theirs-do = Mirarlo
staff-task-short-one-is-theirs = un paquete sin escanear que alguien llama suyo
staff-drop-asked = { $who }, { $unit }, dice que uno de estos es suyo.
staff-task-unscanned = Un transportista dice que entregó y nadie lo escaneó
staff-task-unscanned-detail = Mire los paquetes sin escanear, el mostrador y los estantes. Si no está, escriba al transportista. (Aviso { $n })
staff-task-unscanned-do = Buscarlo
staff-task-short-unscanned = una entrega que nadie escaneó
staff-task-feed-refused = { $feed }: los mensajes no llevan la firma de su secreto
staff-task-feed-refused-detail = Cinco seguidos fueron rechazados: aquí no se conoce ninguna entrega de la que avisa. Compare el secreto de la configuración con el que muestra el proveedor.
staff-task-feed-refused-do = Ver
staff-task-short-feed-refused = un canal de seguimiento con otro secreto

device-group-feeds = Canales de seguimiento
device-head-feed = Canal
device-feed-heard = Oído por última vez
device-feed-refused = Rechazado por última vez
device-feed-is-heard = Se oye
device-feed-is-refused = Rechazado
device-feed-is-silent = No oído desde el inicio
device-feed-why-bad-signature = No llevaba la firma del secreto de este canal.
device-feed-why-stale-message = Se envió hace más de una semana, o su reloj va mal.
device-feed-why-unreadable = No se pudo leer.
device-feed-why-another-building = Avisó de una entrega en una dirección que no es del sitio.
device-feed-why-claim-too-old = Avisó de una entrega de hace más de dos semanas.
device-feed-why-invalid = Avisó de un número o una hora que no pueden ser.

event-drop-asked-for = { $who } dice que uno de los paquetes sin escanear es suyo
event-delivery-claimed = se dice que { $carrier } entregó { $known ->
    [yes] para { $unit }
   *[no] un paquete
 } el { $at }
event-claim-met = llegó lo que un transportista dijo haber entregado
event-claim-due = un transportista dice que entregó y nadie lo escaneó
event-claim-unmet = se busca lo que un transportista dijo haber entregado: { $why ->
    [taken_back] su repartidor se llevó el paquete
   *[another_unit] el paquete con su número fue a otro apartamento
 }
event-claim-joined = { $unit } pregunta por lo que un transportista dijo haber entregado
event-carrier-asked = se escribió al transportista; se espera respuesta hasta { $until }
event-claim-ended = lo que un transportista dijo haber entregado: { $how ->
    [found] es este paquete
    [with_recipient] lo tiene el destinatario
    [another_address] lo dejaron en otra dirección
    [corrected] el transportista lo retira
    [compensated] el transportista lo paga
   *[other] no está aquí
 }

link-unclaimed = ¿Es suyo alguno de estos?
link-unclaimed-lead = Todavía nadie sabe de quién son estos paquetes.
link-unclaimed-photo = Paquetes dejados sin escanear
link-unclaimed-do = Uno es mío
link-unclaimed-title = El personal lo mira
link-unclaimed-said = El personal lee la etiqueta. Le avisamos si es suyo.
link-missing = ¿Un transportista dice que entregó y no está?
link-missing-number = Número de seguimiento
link-missing-hint = Del mensaje del transportista. El personal lo busca.
link-missing-do = Buscarlo
link-missing-title = Lo buscamos
link-missing-said = Si nadie lo escanea en las próximas horas, el personal lo busca. Le avisamos cuando aparezca.
link-missing-back = Volver

refusal-another-building = Según el transportista se entregó en otra dirección.
refusal-claim-too-old = Dicen que se entregó hace más de dos semanas. Pregunte al transportista.
refusal-claims-enough = Hoy preguntó por diez paquetes. Pregunte al personal.
refusal-claim-over = Esto está resuelto: llegó, se encontró o se sabe por qué no está.
refusal-another-number = Este paquete llegó con otro número: no es el que se busca.
trouble-bad-signature-title = Sin firma
trouble-bad-signature = Este mensaje no está firmado con el secreto de esta fuente.
trouble-stale-message-title = Demasiado antiguo
trouble-stale-message = Este mensaje se envió hace más de una semana o su reloj no está bien.

staff-incident-title = Incidente
staff-incident-lead = Todo lo registrado de un paquete, una entrada o un tiempo, con un archivo firmado para entregar.
staff-incident-events = { $n ->
    [one] { $n } evento en el registro
   *[other] { $n } eventos en el registro
 }
staff-incident-pack = Descargar el archivo firmado
staff-incident-entry = Número de la entrada
staff-incident-hint = Un momento es un día como 2026-11-28 o 2026-11-28T14:00. Un tiempo solo muestra todo lo que pasó en él.
staff-incident-more = Se muestran los primeros { $n }. El archivo firmado los tiene todos.
staff-country = El sitio está en
staff-country-us = Estados Unidos, o donde sea usual lo mismo: las fotos con personas a la vista se guardan { $kept }
staff-country-eu = Un país de la Unión Europea: { $kept }
staff-country-de = Alemania: { $kept }
staff-country-own = { $kept }, según lo fijó un programa
