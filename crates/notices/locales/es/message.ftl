# Subjects. They are read on lock screens by others, so no code is ever in them.
subject-arrived = { $count ->
    [one] Un paquete para usted { $at } - { $site }
   *[other] { $count } paquetes para usted { $at } - { $site }
}
subject-moved = { $count ->
    [one] Su paquete está ahora { $at } - { $site }
   *[other] Sus paquetes están ahora { $at } - { $site }
}
subject-handed-over = { $count ->
    [one] Su paquete fue entregado - { $site }
   *[other] Sus { $count } paquetes fueron entregados - { $site }
}
subject-returned = { $count ->
    [one] Su paquete fue devuelto al transportista - { $site }
   *[other] Sus { $count } paquetes fueron devueltos al transportista - { $site }
}
subject-written-off = { $count ->
    [one] Su paquete ya no se guarda aquí - { $site }
   *[other] Sus { $count } paquetes ya no se guardan aquí - { $site }
}
subject-collected = { $count ->
    [one] Se sacó su paquete - { $site }
   *[other] Se sacaron sus { $count } paquetes - { $site }
}
subject-collected-by = { $count ->
    [one] { $name } recogió su paquete - { $site }
   *[other] { $name } recogió sus { $count } paquetes - { $site }
}
subject-new-code = Su nuevo código de recogida - { $site }
subject-collect-soon = { $count ->
    [one] Recójalo pronto: un paquete { $at } - { $site }
   *[other] Recójalos pronto: { $count } paquetes { $at } - { $site }
}
subject-card-used = Se usó su tarjeta de residente - { $site }
subject-at-door = Alguien pide que le abran - { $site }
subject-let-in = Se abrió la puerta a alguien que venía a verle - { $site }

greeting = Hola, { $name }:

intro-arrived = { $count ->
    [one] Le espera un paquete.
   *[other] Le esperan { $count } paquetes.
}
intro-moved = { $count ->
    [one] Su paquete cambió de lugar. Ahora está aquí:
   *[other] Sus paquetes cambiaron de lugar. Ahora están aquí:
}
intro-handed-over = { $count ->
    [one] El personal entregó un paquete suyo.
   *[other] El personal entregó { $count } paquetes suyos.
}
intro-returned = { $count ->
    [one] Un paquete suyo fue devuelto al transportista.
   *[other] { $count } paquetes suyos fueron devueltos al transportista.
}
intro-written-off = { $count ->
    [one] El personal quitó de la lista un paquete suyo. Ya no se guarda aquí para usted.
   *[other] El personal quitó de la lista { $count } paquetes suyos. Ya no se guardan aquí para usted.
}
intro-collected = { $count ->
    [one] Se sacó su paquete con su código: { $when }.
   *[other] Se sacaron sus { $count } paquetes con su código: { $when }.
}
intro-collected-by = { $count ->
    [one] { $name } recogió un paquete suyo.
   *[other] { $name } recogió { $count } paquetes suyos.
}
intro-new-code = Este es un código nuevo para sus paquetes. Úselo de ahora en adelante.
intro-collect-soon = { $count ->
    [one] Un paquete suyo no se conserva mucho tiempo. Recójalo pronto, por favor.
   *[other] { $count } paquetes suyos no se conservan mucho tiempo. Recójalos pronto, por favor.
}
intro-card-used = Se usó su tarjeta de residente: { $where }, { $when }.
intro-at-door = Alguien sin código pidió que le abrieran para ir a su casa: { $where }, { $when }. La respuesta vale dos minutos. También se preguntó al personal.
intro-let-in = Se abrió a alguien sin código que venía a su casa: { $where }, { $when }.
intro-let-in-by = { $name } abrió a alguien sin código que venía a su casa: { $where }, { $when }.

unit-line = Apartamento { $unit }
heading-where = Dónde
heading-was = Dónde estaba
heading-code = Su código
heading-how = Cómo recoger
code-keypad = En el teclado: { $keypad }, luego { $pin }
code-qr-text = O muestre al lector la imagen QR de este correo.
code-qr-html = O muestre esta imagen al lector.
code-qr-alt = Imagen QR de su código
code-care = Quien tenga este código puede llevarse sus paquetes. Déselo solo a alguien de confianza.

step-code = Vaya a la pantalla de recogida. Escanee la imagen o escriba el código.
step-door = { $doors ->
    [one] La puerta se abre sola; ciérrela cuando tenga su paquete.
   *[other] Una puerta se abre sola; ciérrela cuando tenga su paquete. Después se abre la siguiente.
}
step-shelf = { $count ->
    [one] Estante: use el mismo código en la pantalla y después tome su paquete del estante.
   *[other] Estante: use el mismo código en la pantalla y después tome sus paquetes del estante.
}
step-desk = Recepción: muestre este mensaje.
step-desk-hours = Recepción: muestre este mensaje. Horario: { $hours }.
step-drop = { $name }: está a la vista de todos, recójalo pronto.

hold-until = Se guarda para usted hasta { $until }.
help-line = ¿Necesita ayuda? { $text }: { $phone }
link-line = La puerta en un dibujo: { $link }
link-label = Ver la puerta en un dibujo
link-answer-line = Abrir una vez o rechazar: { $link }
link-answer-label = Abrir una vez o rechazar
picture-attached = En este correo hay una foto de quien llamó.
picture-none = No hay foto de quien llamó.
picture-alt = Foto de quien llamó
not-right = Si esto no es correcto, avísenos enseguida.
code-not-you = ¿No fue usted? Avísenos enseguida. El enlace del mensaje que le trajo el código muestra qué pasó.
card-not-you = Si no fue usted, avísenos enseguida para bloquear la tarjeta.
# El correo con el que el personal ve que los correos salen del edificio.
subject-test = Correo de prueba - { $site }
test-intro = Esto es una prueba: el correo de este edificio le llega.
test-asked = Lo pidió alguien que entró con su cuenta: { $when }.
test-links = Los avisos a los residentes llevan un enlace a { $url }.
test-no-links = Los avisos a los residentes no llevan enlace hasta que se indique public_url. Están completos sin él.
footer = Enviado por el sistema de paquetes de { $site }.
