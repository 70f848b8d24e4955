// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit_panel/operation_chooser.h"

#include <array>

#include <QGridLayout>
#include <QToolButton>

#include "core/edit/edit.h"
#include "core/edit/operation_fields.h"
#include "ui/edit_panel/starting_operation.h"
#include "ui/figures/edit_text.h"

namespace ocellus {

namespace {

constexpr int Columns = 2;

/// What each operation does, in the order of Operation.
constexpr std::array explanations{
    QT_TRANSLATE_NOOP("ocellus::OperationChooser", "Takes the region away: its surroundings go on smoothly"),
    QT_TRANSLATE_NOOP("ocellus::OperationChooser", "Takes the region away: fills it with the texture around it"),
    QT_TRANSLATE_NOOP("ocellus::OperationChooser", "Changes hue, saturation and lightness of the region"),
    QT_TRANSLATE_NOOP("ocellus::OperationChooser",
                      "Gives the region a colour, which can be taken from the picture, and keeps its shading"),
    QT_TRANSLATE_NOOP("ocellus::OperationChooser", "Blurs the region"),
    QT_TRANSLATE_NOOP("ocellus::OperationChooser", "Adds noise to the region"),
    QT_TRANSLATE_NOOP("ocellus::OperationChooser", "Fills the region with one colour, the mean"),
    QT_TRANSLATE_NOOP("ocellus::OperationChooser",
                      "Covers the region with another part of the picture, or of another picture"),
    QT_TRANSLATE_NOOP("ocellus::OperationChooser", "Mirrors the region within its box"),
    QT_TRANSLATE_NOOP("ocellus::OperationChooser", "Brightens or darkens the region, or without one the whole picture"),
    QT_TRANSLATE_NOOP("ocellus::OperationChooser", "Changes the contrast of the region, or without one of the picture"),
    QT_TRANSLATE_NOOP("ocellus::OperationChooser", "Cuts the picture down to the box around the region"),
    QT_TRANSLATE_NOOP("ocellus::OperationChooser", "Turns the whole picture"),
};
static_assert(explanations.size() == operationNames.size());

bool needsRegion(std::size_t kind)
{
    const Operation operation = startingOperation(kind, {}, {});
    return needsMask(operation) || std::holds_alternative<Crop>(operation);
}

} // namespace

OperationChooser::OperationChooser(QWidget* parent) : QWidget(parent)
{
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(2);
    for (std::size_t kind = 0; kind < explanations.size(); ++kind) {
        m_buttons.push_back(button(kind));
        grid->addWidget(m_buttons.back(), static_cast<int>(kind) / Columns, static_cast<int>(kind) % Columns);
    }
}

QToolButton* OperationChooser::button(std::size_t kind)
{
    auto* made = new QToolButton;
    made->setText(operationKind(startingOperation(kind, {}, {})));
    made->setObjectName(QLatin1String(operationNames[kind]));
    made->setFocusPolicy(Qt::StrongFocus);
    made->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(made, &QToolButton::clicked, this, [this, kind] { emit chosen(kind); });
    return made;
}

void OperationChooser::setAvailable(bool hasPicture, bool hasRegion, const QString& hint)
{
    for (std::size_t kind = 0; kind < m_buttons.size(); ++kind) {
        const bool canBeDone = hasPicture && (hasRegion || !needsRegion(kind));
        const QString what = tr(explanations[kind]);
        m_buttons[kind]->setEnabled(canBeDone);
        m_buttons[kind]->setToolTip(canBeDone ? what : what + QLatin1Char('\n') + hint);
    }
}

} // namespace ocellus
