// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/about.h"

#include <QCoreApplication>
#include <QMessageBox>

namespace ocellus {

namespace {

/// The words of this file.
struct Text {
    Q_DECLARE_TR_FUNCTIONS(About)
};

} // namespace

void showAbout(QWidget& window)
{
    auto* box =
        new QMessageBox(QMessageBox::NoIcon, Text::tr("About Ocellus"),
                        Text::tr("Ocellus %1\n\nSee why a model tells one species from another: where each class of "
                                 "an INTR model (arXiv 2311.04157) looks in a picture.\n\nFree software under the "
                                 "GNU General Public License, version 3 or later.")
                            .arg(QCoreApplication::applicationVersion()),
                        QMessageBox::Close, &window);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

} // namespace ocellus
