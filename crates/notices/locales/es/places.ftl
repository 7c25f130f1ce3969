# A place as one line of a list.
place-compartment = Casillero { $label }, { $bank }
place-shelf = Estante { $label }, { $room }
place-shelf-alone = Estante { $label }
place-desk = Recepción
place-drop = { $name }
# The same place inside a sentence: "Un paquete para usted en el casillero 14".
at-compartment = en el casillero { $label }
at-shelf = en el estante { $label }
at-desk = en la recepción
at-drop = en { $name }
at-several = en { $count } lugares
list-and = { $first } y { $last }
# What lies there.
parcels = { $count ->
    [one] 1 paquete
   *[other] { $count } paquetes
}
from-carriers = de { $carriers }
addressed-to = a nombre de { $name }
