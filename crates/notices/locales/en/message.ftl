# Subjects. They are read on lock screens by others, so no code is ever in them.
subject-arrived = { $count ->
    [one] A parcel for you { $at } - { $site }
   *[other] { $count } parcels for you { $at } - { $site }
}
subject-moved = { $count ->
    [one] Your parcel is now { $at } - { $site }
   *[other] Your parcels are now { $at } - { $site }
}
subject-handed-over = { $count ->
    [one] Your parcel was handed over - { $site }
   *[other] Your { $count } parcels were handed over - { $site }
}
subject-returned = { $count ->
    [one] Your parcel was returned to the carrier - { $site }
   *[other] Your { $count } parcels were returned to the carrier - { $site }
}
subject-written-off = { $count ->
    [one] Your parcel is no longer kept here - { $site }
   *[other] Your { $count } parcels are no longer kept here - { $site }
}
subject-collected = { $count ->
    [one] Your parcel was taken out - { $site }
   *[other] Your { $count } parcels were taken out - { $site }
}
subject-collected-by = { $count ->
    [one] { $name } collected your parcel - { $site }
   *[other] { $name } collected your { $count } parcels - { $site }
}
subject-new-code = Your new pickup code - { $site }
subject-collect-soon = { $count ->
    [one] Please collect soon: a parcel { $at } - { $site }
   *[other] Please collect soon: { $count } parcels { $at } - { $site }
}
subject-card-used = Your resident card was used - { $site }
subject-at-door = Somebody asks to be let in - { $site }
subject-let-in = Somebody was let in to you - { $site }

greeting = Hello { $name },

intro-arrived = { $count ->
    [one] A parcel is waiting for you.
   *[other] { $count } parcels are waiting for you.
}
intro-moved = { $count ->
    [one] Your parcel was moved. It is now here:
   *[other] Your parcels were moved. They are now here:
}
intro-handed-over = { $count ->
    [one] The staff handed over a parcel of yours.
   *[other] The staff handed over { $count } parcels of yours.
}
intro-returned = { $count ->
    [one] A parcel of yours was given back to the carrier.
   *[other] { $count } parcels of yours were given back to the carrier.
}
intro-written-off = { $count ->
    [one] The staff took a parcel of yours off the list. It is no longer kept for you here.
   *[other] The staff took { $count } parcels of yours off the list. They are no longer kept for you here.
}
intro-collected = { $count ->
    [one] Your parcel was taken out with your code: { $when }.
   *[other] Your { $count } parcels were taken out with your code: { $when }.
}
intro-collected-by = { $count ->
    [one] { $name } collected a parcel of yours.
   *[other] { $name } collected { $count } parcels of yours.
}
intro-new-code = Here is a new code for your parcels. Please use this one from now on.
intro-collect-soon = { $count ->
    [one] A parcel of yours does not keep for long. Please collect it soon.
   *[other] { $count } parcels of yours do not keep for long. Please collect them soon.
}
intro-card-used = Your resident card was used: { $where }, { $when }.
intro-at-door = Somebody without a code asked to be let in to you: { $where }, { $when }. An answer counts for two minutes. Staff were asked too.
intro-let-in = Somebody without a code was let in to you: { $where }, { $when }.
intro-let-in-by = { $name } let somebody without a code in to you: { $where }, { $when }.

unit-line = Apartment { $unit }
heading-where = Where
heading-was = Where it was
heading-code = Your code
heading-how = How to collect
code-keypad = On the keypad: { $keypad }, then { $pin }
code-qr-text = Or hold the QR picture of this mail up to the scanner.
code-qr-html = Or hold this picture up to the scanner.
code-qr-alt = QR picture of your code
code-care = Whoever has this code can take your parcels. Give it only to someone you trust.

step-code = Go to the pickup screen. Scan the picture or type the code.
step-door = { $doors ->
    [one] The door swings open; close it when you have your parcel.
   *[other] A door swings open; close it when you have your parcel. Then the next one opens.
}
step-shelf = { $count ->
    [one] Shelf: use the same code at the screen, then take your parcel from the shelf.
   *[other] Shelf: use the same code at the screen, then take your parcels from the shelf.
}
step-desk = Front desk: show this message.
step-desk-hours = Front desk: show this message. Open { $hours }.
step-drop = { $name }: it stands in the open there, please fetch it soon.

hold-until = Kept for you until { $until }.
help-line = Need help? { $text }: { $phone }
link-line = The door on a picture: { $link }
link-label = Show the door on a picture
link-answer-line = Let them in once, or refuse: { $link }
link-answer-label = Let them in once, or refuse
picture-attached = A photo of who rang is in this mail.
picture-none = There is no photo of who rang.
picture-alt = Photo of who rang
not-right = If this is not right, please tell us at once.
code-not-you = Not you? Please tell us at once. The link in the message that brought you the code shows what happened.
card-not-you = If this was not you, please tell us at once, so that we can stop the card.
# The mail by which staff see that mail leaves the site.
subject-test = Test mail - { $site }
test-intro = This is a test: mail from this site reaches you.
test-asked = Somebody signed in with your account asked for it: { $when }.
test-links = Messages to residents carry a link to { $url }.
test-no-links = Messages to residents carry no link until public_url is set. They are complete without it.
footer = Sent by the parcel system of { $site }.
