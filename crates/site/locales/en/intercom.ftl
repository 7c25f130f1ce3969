# People without a code: the desk, the door that opens or does not, and the page of a door's label on a phone.

door-desk = Desk
door-desk-note = For the building itself, or a name nobody finds
door-opening-title = { $door } is being opened
door-opening = Wait a moment before you pull.
door-no-answer-title = { $door } did not answer
door-no-answer = You were let in, but the door may still be locked. Try it. If it stays shut, call the help line below.

intercom-lead = No code? Ring from here. Somebody is asked with your picture, and lets you in or not.
intercom-picture = Your picture
intercom-picture-hint = Show your face and the parcel. Whom you ring sees it, and it is kept as long as the pictures of this door are.
intercom-ring = Ring
intercom-desk = Ring the desk
intercom-desk-hint = For the building itself, or if the name is not found:
intercom-asks = This page asks and opens nothing by itself. Stay at the door.
intercom-no-picture = A picture is needed: no camera sees this door. Take one with your phone, as a JPEG.
intercom-too-often = This was tried very often. Ring at the screen of the door, call the help line, or try again in { $minutes ->
        [one] one minute.
       *[other] { $minutes } minutes.
    }
intercom-look = Look for the answer

at-door-care-phone = They rang with a phone, from the code on the door's label: they may be anywhere. Let in only whom you expect and who you know stands there.

refusal-door-rung-enough = This door has rung very often in this hour. It rings again at { $until }. Until then, call the help line or ask at the desk.

staff-the-desk = the desk
staff-passage-rings-phone = They rang with a phone, from the code on the door's label: they may be anywhere. Look whether somebody stands there.
staff-passage-no-screen = No screen stands at this door: nobody can press “Open the door” in its hours, so it stays locked. Pair a screen for it under Kiosks.
staff-passage-label = Print the door's code
staff-passage-label-qr = QR code that opens the page of this door
staff-passage-label-1 = No code? Point your phone here and ring.
staff-passage-label-2 = ¿Sin código? Apunte el teléfono aquí y llame.
staff-passage-label-no-address = Phones need an address that reaches this site. Set the address for links in the settings first.
staff-passage-label-renew = Renew the door's code
staff-passage-label-renew-hint = If somebody copied the label and rings from elsewhere: the label that hangs there stops working at once. Print the new one and put it up.
staff-passage-label-renew-do = Make a new code
staff-said-label-renewed = The door has a new code. The label that hangs there does not work any more: print this one.
staff-task-look-left = Somebody brought something in at { $door }: look what was left
staff-task-look-left-detail = They came with a pass for a delivery or for one parcel, and no kiosk knows of it. The photos of the entry show it.
staff-task-look-left-do = Look at the entry
staff-task-short-look-left = something that was brought in
event-door-label-renewed = the code on the label of { $door } was renewed

kiosk-come-to-drop = I was let in without a code
kiosk-come-to-drop-note = Leave what you brought; staff find whose it is
refusal-nobody-came-in = Only who was let in without a code within the last half hour leaves parcels here without one, once. Ask at the desk or call the help line.
staff-task-ringing-phone = Somebody with a phone, at the label of { $door }, asks to be let in to { $unit }
staff-task-ringing-phone-detail = They may be anywhere. Look at their picture and at the door before you let them in; the answer counts for two minutes.
staff-task-ringing-phone-do = Look who it is
staff-task-short-ringing-phone = somebody with a phone, at the label of a door
