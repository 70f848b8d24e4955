// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>

namespace ocellus {

/// Words about classes: a click on a name chooses the class; so do Tab and Return.
class ClassText : public QLabel {
    Q_OBJECT

public:
    explicit ClassText(QWidget* parent = nullptr);

    /// With names from markedClass(); other words are shown as they are.
    void setMarkedText(const QString& marked);
    QString plainText() const { return m_plain; }

signals:
    void classChosen(int classIndex);

private:
    QString m_plain;
};

} // namespace ocellus
