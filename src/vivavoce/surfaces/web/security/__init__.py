"""Who may talk to the app, and what a browser may do with its pages. One middleware per file, in the order of `app.py`.

The app listens on loopback only. That keeps out other machines, not other users of this one and not web pages that the
same browser has open: hence the host check (DNS rebinding), the cookie that only the printed address gives (other
users), the origin check (other pages), and the content policy (markup that slipped into a page).
"""
