// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QWidget>

class QAction;
class QBoxLayout;
class QLabel;

namespace ocellus {

/// Says in place what is not open yet, with buttons that open it; hidden while there is nothing to say.
class OpenOffer : public QWidget {
    Q_OBJECT

public:
    /// A button's words and what it does; the action stays the caller's.
    struct Choice {
        QString text;
        QAction* action = nullptr;

        bool operator==(const Choice&) const = default;
    };

    /// Vertical: the words stand above the buttons, in the middle; else beside them, on the left.
    explicit OpenOffer(Qt::Orientation orientation, QWidget* parent = nullptr);

    /// The first choice is the one that most users want. Empty words hide the offer.
    void setOffer(const QString& words, const std::vector<Choice>& choices);
    QString words() const;

private:
    std::vector<Choice> m_choices;
    QLabel* m_words;
    QBoxLayout* m_buttons;
    bool m_isUpright;
};

} // namespace ocellus
