# A printed slip for somebody no message reaches.
slip-title-waiting = { $count ->
    [one] A parcel is waiting for you
   *[other] { $count } parcels are waiting for you
}
slip-title-about = About your parcels
slip-qr = Or hold this picture up to the scanner.
slip-keep = Please keep this slip to yourself: whoever has it can take the parcels.
slip-desk = Front desk: show this slip.
slip-desk-hours = Front desk: show this slip. Open { $hours }.
