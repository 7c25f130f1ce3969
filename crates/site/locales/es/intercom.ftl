# Personas sin código: recepción, la puerta que se abre o no, y la página de la etiqueta de una puerta en un teléfono.

door-desk = Recepción
door-desk-note = Para el edificio mismo, o un nombre que no se encuentra
door-opening-title = { $door } se está abriendo
door-opening = Espere un momento antes de tirar.
door-no-answer-title = { $door } no respondió
door-no-answer = Le dejaron entrar, pero la puerta puede seguir cerrada. Pruébela. Si no abre, llame al teléfono de ayuda de abajo.

intercom-lead = ¿Sin código? Llame desde aquí. Preguntamos con su imagen, y alguien le deja entrar o no.
intercom-picture = Su imagen
intercom-picture-hint = Muestre su cara y el paquete. La ve quien recibe la llamada, y se guarda tanto como las imágenes de esta puerta.
intercom-ring = Llamar
intercom-desk = Llamar a recepción
intercom-desk-hint = Para el edificio mismo, o si no se encuentra el nombre:
intercom-asks = Esta página pregunta y no abre nada por sí misma. Quédese en la puerta.
intercom-no-picture = Hace falta una imagen: ninguna cámara ve esta puerta. Tómela con su teléfono, en JPEG.
intercom-too-often = Se intentó muchas veces. Llame en la pantalla de la puerta, al teléfono de ayuda, o intente de nuevo en { $minutes ->
        [one] un minuto.
       *[other] { $minutes } minutos.
    }
intercom-look = Ver la respuesta

at-door-care-phone = Llamaron con un teléfono, por el código de la etiqueta de la puerta: pueden estar en cualquier lugar. Deje entrar solo a quien espera y sabe que está allí.

refusal-door-rung-enough = Esta puerta sonó muchas veces en esta hora. Vuelve a sonar a las { $until }. Hasta entonces, llame al teléfono de ayuda o pregunte en recepción.

staff-the-desk = recepción
staff-passage-rings-phone = Llamaron con un teléfono, por el código de la etiqueta de la puerta: pueden estar en cualquier lugar. Mire si hay alguien allí.
staff-passage-no-screen = No hay pantalla en esta puerta: nadie puede pulsar «Abrir la puerta» en su horario, así que sigue cerrada. Vincule una pantalla en Quioscos.
staff-passage-label = Imprimir el código de la puerta
staff-passage-label-qr = Código QR que abre la página de esta puerta
staff-passage-label-1 = ¿Sin código? Apunte el teléfono aquí y llame.
staff-passage-label-2 = No code? Point your phone here and ring.
staff-passage-label-no-address = Los teléfonos necesitan una dirección que llegue a este sitio. Indique antes la dirección para enlaces en los ajustes.
staff-passage-label-renew = Renovar el código de la puerta
staff-passage-label-renew-hint = Si alguien copió la etiqueta y llama desde otro lugar: la etiqueta colgada deja de valer enseguida. Imprima la nueva y cuélguela.
staff-passage-label-renew-do = Hacer un código nuevo
staff-said-label-renewed = La puerta tiene un código nuevo. La etiqueta colgada ya no vale: imprima esta.
staff-task-look-left = Alguien trajo algo por { $door }: mire qué dejó
staff-task-look-left-detail = Vino con un pase de entrega o por un solo paquete, y ningún quiosco sabe de ello. Las fotos de la entrada lo muestran.
staff-task-look-left-do = Ver la entrada
staff-task-short-look-left = algo que alguien trajo
event-door-label-renewed = se renovó el código de la etiqueta de { $door }

kiosk-come-to-drop = Me dejaron entrar sin código
kiosk-come-to-drop-note = Deje lo que trajo; el personal averigua de quién es
refusal-nobody-came-in = Sin código solo deja paquetes aquí, una vez, quien fue admitido sin él en la última media hora. Pregunte en recepción o llame al teléfono de ayuda.
staff-task-ringing-phone = Alguien con un teléfono, en la etiqueta de { $door }, pide entrar a { $unit }
staff-task-ringing-phone-detail = Puede estar en cualquier lugar. Mire su imagen y la puerta antes de dejarle entrar; la respuesta vale dos minutos.
staff-task-ringing-phone-do = Mirar quién es
staff-task-short-ringing-phone = alguien con un teléfono, en la etiqueta de una puerta
