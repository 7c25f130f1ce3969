# Lo que dicen los quioscos. Breve, tranquilo, una cosa cada vez.

kiosk-title-start = Paquetes
kiosk-title-help = Ayuda
kiosk-title-pick-up = Recoger
kiosk-title-deliver = Entregar
kiosk-title-address = Siguiente paquete
kiosk-title-letters = Buscar un nombre
kiosk-title-choose = ¿Para quién es?
kiosk-title-confirm = ¿Es correcto?
kiosk-title-other-house = Para otra casa
kiosk-title-name-on-label = Nombre en la etiqueta
kiosk-title-size = ¿Qué tamaño?
kiosk-title-opening = Se abre una puerta
kiosk-title-jammed = La puerta está atascada
kiosk-title-deposit = Hay una puerta abierta
kiosk-title-elsewhere = Déjelo aquí
kiosk-title-waiting = Un momento
kiosk-title-resting = Bienvenido de nuevo
kiosk-title-list = Sus paquetes
kiosk-title-fix-what = Corregir uno
kiosk-title-fix-code = Su código otra vez
kiosk-title-beside-code = Su código otra vez
kiosk-title-summary = ¿Todo listo?
kiosk-title-goodbye = Gracias
kiosk-title-collect = Hay una puerta abierta
kiosk-title-rest = Sus paquetes

kiosk-start = ¿Qué desea hacer?
kiosk-start-lead = O acerque su código al lector.
kiosk-pick-up = Recoger
kiosk-pick-up-note = con su código o tarjeta
kiosk-deliver = Entregar
kiosk-deliver-note = para repartidores
kiosk-help = Ayuda
kiosk-help-note = si algo no va bien
kiosk-back = Atrás
kiosk-back-to-delivering = Volver a entregar
kiosk-to-start = Al inicio
kiosk-ease = Más tiempo y letra más grande
kiosk-lost = Sin conexión. Intentando de nuevo.
kiosk-help-label = Ayuda
kiosk-lockers = Casilleros

kiosk-keypad = Teclas de números
kiosk-clear = Borrar
kiosk-backspace = Borrar el último
kiosk-enter = OK
kiosk-keypad-number = Número de teclado
kiosk-keypad-number-hint = Está en su mensaje, encima del PIN.
kiosk-pin = PIN
kiosk-scan-code = Acerque aquí su código
kiosk-scan-code-note = o escriba los dos números de su mensaje
kiosk-courier-code = Sus 10 dígitos
kiosk-scan-badge = Acerque aquí su credencial
kiosk-scan-badge-note = o escriba su código

kiosk-help-no-code = ¿Sin código? Busque el último mensaje, también en correo no deseado. El personal puede darle uno nuevo.
kiosk-help-wrong-code = ¿No acepta el código? Escríbalo despacio o acerque el código QR de su mensaje al lector.
kiosk-help-door = ¿No se abre una puerta? Empújela con fuerza hacia dentro y luego tire.
kiosk-help-courier = ¿Repartidor sin código? Lo tiene su empresa, o el personal puede darle uno.

kiosk-next-parcel = Siguiente paquete
kiosk-whose-instead = ¿Para quién es entonces?
kiosk-was-for = Hasta ahora: { $what }
kiosk-scan-label = Escanee la etiqueta
kiosk-scan-label-note = o escriba el apartamento
kiosk-label-scanned = Etiqueta
kiosk-now-apartment = Ahora el apartamento
kiosk-apartment-number = Apartamento
kiosk-apartment = Apartamento { $what }
kiosk-some-apartment = Apartamento
kiosk-in-apartment = en el apartamento { $what }
kiosk-last-parcel = Listo: { $what }, en { $where }.
kiosk-same-again = Mismo apartamento
kiosk-by-name = Por nombre
kiosk-i-do-not-know = No lo sé
kiosk-my-parcels = Mis paquetes ({ $n })
kiosk-resident-here = ¿Residente? Recoger
kiosk-finish = Terminar
kiosk-letters = Escriba el apellido
kiosk-letters-lead = Bastan tres letras.
kiosk-family-name = Apellido
kiosk-choose = ¿Para quién es?
kiosk-more-found = Hay más: escriba más letras o el apartamento.
kiosk-somebody-else = Otra persona
kiosk-another-apartment = Otro apartamento
kiosk-confirm = { $what }: ¿correcto?
kiosk-confirm-who = { $name }, apartamento { $unit }
kiosk-confirm-lead = Pulse la puerta donde quepa: eso es un sí.
kiosk-confirm-label = La etiqueta dice { $what }. Pulse la puerta donde quepa: eso es un sí.
kiosk-confirm-others = O es para
kiosk-flag-moved-out = Alguien con este nombre se ha mudado.
kiosk-flag-looks-like = Aquí también existe el apartamento { $what }. Mire otra vez la etiqueta.
kiosk-flag-no-such-unit = Aquí no hay ningún apartamento { $what }.
kiosk-other-house-title = Esta etiqueta es para otra casa.
kiosk-other-house = La etiqueta dice { $said }; aquí es { $here }
kiosk-other-house-lead = Todavía no se ha recibido nada.
kiosk-take-it-back = Llevárselo
kiosk-take-it-back-note = Usted se queda el paquete
kiosk-deliver-anyway = Entregar de todos modos
kiosk-deliver-anyway-note = Es para alguien de aquí
kiosk-name-on-label = ¿Qué nombre dice la etiqueta?
kiosk-name-on-label-lead = El personal averiguará de quién es.
kiosk-name-on-label-field = Nombre
kiosk-skip = Sin nombre
kiosk-staff-will-find-out = el personal averiguará de quién
kiosk-size = ¿En qué puerta cabe?
kiosk-free = { $n } libres
kiosk-a-bigger-door = una puerta más grande
kiosk-heavy = Es pesado
kiosk-together = Otra vez en la puerta { $what }
kiosk-put-at = Déjelo: { $what }

kiosk-door = Puerta { $what }
kiosk-door-caption = Puerta
kiosk-spot-door = la puerta { $what }
kiosk-spot-shelf = el estante { $what }
kiosk-spot-desk = la recepción
kiosk-spot-take-back = usted se lo lleva
kiosk-position = { $height ->
    [top] Arriba
    [bottom] Abajo
   *[middle] En el medio
 }, columna { $column } de { $columns } desde la izquierda.
kiosk-opening = Se abre la puerta { $what }
kiosk-jammed = Empuje la puerta { $what }
kiosk-jammed-lead = Está atascada. Lo intentamos de nuevo: { $attempt } de { $of }.
kiosk-jammed-courier = Si no se abre, se abrirá otra puerta.
kiosk-jammed-resident = Si no se abre, su paquete está a salvo y su código sigue sirviendo.
kiosk-try-now = Intentar ahora
kiosk-put-it-in = Métalo y cierre la puerta
kiosk-open-again-title = La puerta { $what } está abierta otra vez
kiosk-bigger = Puerta más grande
kiosk-another-place = otro lugar
kiosk-open-again = Abrir otra vez
kiosk-not-left = No lo dejo aquí
kiosk-inside = Hay algo dentro
kiosk-turned-bigger = Sáquelo y cierre la puerta { $what }
kiosk-turned-bigger-lead = Después tendrá más espacio.
kiosk-turned-inside = Deje lo que hay dentro y cierre la puerta { $what }
kiosk-turned-inside-lead = El personal lo revisará. Se abrirá otra puerta para su paquete.
kiosk-turned-not-left = Sáquelo y cierre la puerta { $what }
kiosk-turned-not-left-lead = Usted se queda con este paquete; no se avisa a nadie.
kiosk-push-shut = Por favor, cierre la puerta { $what }
kiosk-left-open = La puerta { $what } está abierta. Por favor, ciérrela.
kiosk-strip-open = La puerta { $what } está abierta
kiosk-show = Mostrar
kiosk-scan-next = Ya puede escanear la siguiente etiqueta.
kiosk-scan-next-short = Primero el siguiente paquete
kiosk-type-next = Escribir el siguiente apartamento
kiosk-queued = Después: { $what }, { $where }, cuando se cierre esta puerta.
kiosk-board-silent = Algunas puertas no se pueden abrir ahora. El personal ya lo sabe.

kiosk-take-it = Tome su paquete y cierre la puerta
kiosk-take-them = Tome sus { $n } paquetes y cierre la puerta
kiosk-then-door = Después se abre la puerta { $what }.
kiosk-door-of = Puerta { $n } de { $total }
kiosk-left-inside = Dejé algo dentro
kiosk-not-mine = No es mío
kiosk-was-empty = Estaba vacía
kiosk-look-again = La puerta { $what } está abierta otra vez
kiosk-look-again-lead = Ciérrela cuando termine.
kiosk-turned-leave = Cierre la puerta { $what }
kiosk-turned-leave-lead = Lo que queda dentro sigue siendo suyo. Su código sigue sirviendo.
kiosk-turned-not-mine = Déjelo dentro y cierre la puerta { $what }
kiosk-turned-not-mine-lead = Gracias. El personal buscará a su dueño.
kiosk-turned-empty = Por favor, cierre la puerta { $what }
kiosk-turned-empty-lead = Lo sentimos. El personal buscará su paquete y le avisará.

kiosk-to-shelf = Póngalo en el estante { $what }
kiosk-to-shelf-lead = Ahora no cabe en ninguna puerta.
kiosk-to-desk = Llévelo a la recepción
kiosk-to-desk-lead = Allí lo escaneará el personal.
kiosk-to-area = Déjelo en { $what }
kiosk-to-area-lead = El personal lo guardará.
kiosk-take-back = No hay sitio: lléveselo, por favor
kiosk-take-back-lead = Todas las puertas y estantes están ocupados.
kiosk-it-is-there = Listo, ya está allí
kiosk-i-keep-it = Me lo llevo
kiosk-waiting = Un momento
kiosk-waiting-lead = La puerta para su paquete se abre en cuanto sea posible.
kiosk-waiting-note = Esperando la puerta
kiosk-resting = Hubo un corte de luz
kiosk-resting-lead = No se ha perdido nada. ¿Seguimos donde estaba?
kiosk-continue = Seguir

kiosk-list = Sus paquetes
kiosk-list-lead = Corregir abre otra vez una puerta o cambia el apartamento.
kiosk-list-empty = Todavía nada
kiosk-list-empty-text = Aquí aparecen los paquetes que deje.
kiosk-fix = Corregir
kiosk-too-late = pregunte al personal
kiosk-fix-what = ¿Qué le pasa?
kiosk-fix-reopen = Abrir otra vez la puerta { $what }
kiosk-fix-readdress = Cambiar el apartamento
kiosk-fix-code = Su código otra vez, por favor
kiosk-fix-code-lead = Para que nadie más pueda hacerlo.
kiosk-fix-will-reopen = Se abre { $what }
kiosk-fix-will-readdress = Será para { $what }
kiosk-parcels = { $n ->
    [one] 1 paquete
   *[other] { $n } paquetes
 }
kiosk-doors = { $n ->
    [one] 1 puerta
   *[other] { $n } puertas
 }
kiosk-tally-at = { $n } en { $what }
kiosk-tally-desk = { $n } para la recepción
kiosk-summary-text = Se avisa a todos cuando termine.
kiosk-summary-none = No ha dejado paquetes
kiosk-everybody-is-told = Ya se avisa a todos. Gracias.
kiosk-thank-you = Gracias
kiosk-nothing-was-left = No se ha dejado nada aquí.
kiosk-one-more = Otro paquete
kiosk-something-wrong = ¿Algo está mal?

kiosk-more-for-you = Hay más para usted
kiosk-collected = { $n ->
    [one] Ya tiene 1 paquete.
   *[other] Ya tiene { $n } paquetes.
 }
kiosk-all-done = Eso era todo
kiosk-almost-done = Todo menos esto
kiosk-stuck = La puerta { $what } no se abrió. Su paquete está a salvo; el personal ya lo sabe y su código sigue sirviendo.
kiosk-left = Todavía hay algo suyo tras la puerta { $what }. Su código sigue sirviendo.
kiosk-open-door = Abrir la puerta { $what }
kiosk-parcel-from = Paquete de { $what }
kiosk-a-parcel = Un paquete
kiosk-at-desk = El personal se lo entrega allí
kiosk-at-bank = En { $what }. Use la pantalla de allí.
kiosk-at-another-bank = En otros casilleros. Use la pantalla de allí.
kiosk-i-have-it = Ya lo tengo
kiosk-reopen = Abrir otra vez la puerta { $what }
kiosk-done = Listo

kiosk-more-time = ¿Necesita más tiempo?
kiosk-ends-in = Esta visita termina en
kiosk-clears-in = Esta pantalla se borra en
kiosk-yes-more-time = Sí, más tiempo
kiosk-finish-now = Terminar ahora

kiosk-trouble-damaged = No se pudo leer ese código. Escanéelo otra vez; si sigue igual, el idioma de teclado del lector está mal: avise al personal.
kiosk-trouble-other-building = Este código es de otro edificio. Su mensaje dice adónde ir.
kiosk-trouble-for-phone = Este código es para su teléfono: ábralo con la cámara.
kiosk-trouble-for-pairing = Este código vincula una pantalla; no abre nada.
kiosk-trouble-unreadable = No se pudo leer. Escanéelo otra vez.
kiosk-trouble-label-without-courier = Eso es la etiqueta de un paquete. Repartidores: acerque su credencial o elija Entregar.
kiosk-trouble-size-first = Elija primero el tamaño de este paquete y luego escanee el siguiente.
kiosk-trouble-no-such-apartment = Aquí no hay ese apartamento. Revise el número o busque por nombre.
kiosk-trouble-taken-back = Usted se queda ese paquete. No se ha recibido nada.
kiosk-trouble-nobody-found = Aquí no figura nadie con ese nombre. Pruebe con el apartamento o elija «No lo sé».
kiosk-trouble-more-letters = Escriba al menos tres letras.
kiosk-trouble-away = Un momento, el sistema se está iniciando. Inténtelo otra vez.
