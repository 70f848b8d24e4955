// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QTextBrowser;

namespace ocellus {

/// The words that the window uses, explained in a sentence or two each.
class GlossaryDialog : public QDialog {
    Q_OBJECT

public:
    explicit GlossaryDialog(QWidget* parent = nullptr);

private:
    static QString html();

    QTextBrowser* m_text;
};

} // namespace ocellus
