# A place as one line of a list.
place-compartment = Locker { $label }, { $bank }
place-shelf = Shelf { $label }, { $room }
place-shelf-alone = Shelf { $label }
place-desk = Front desk
place-drop = { $name }
# The same place inside a sentence: "A parcel for you in locker 14".
at-compartment = in locker { $label }
at-shelf = on shelf { $label }
at-desk = at the front desk
at-drop = at { $name }
at-several = in { $count } places
list-and = { $first } and { $last }
# What lies there.
parcels = { $count ->
    [one] 1 parcel
   *[other] { $count } parcels
}
from-carriers = from { $carriers }
addressed-to = addressed to { $name }
