// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/limit_aside.h"

#include "ui/models/class_list_model.h"

namespace ocellus {

LimitAside::LimitAside(const ClassListModel& model, QWidget* parent) : QLabel(parent), m_model(model)
{
    setWordWrap(true);
    setTextFormat(Qt::RichText);
    setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    hide();
    connect(this, &QLabel::linkActivated, this, [this] { emit checkRequested(subject()); });
}

void LimitAside::setLimit(const LimitChoice& limit)
{
    const bool leaves = limit.querySet().mode == LimitMode::Drop && subject() >= 0 && !limit.active.contains(subject());
    if (!leaves)
        m_replaced = -1;
    else if (limit.querySet() != m_limit.querySet())
        m_replaced = subject(); // another class comes in its place
    m_limit = limit;
    refresh();
}

void LimitAside::setCurrentClass(int classIndex, bool byUser)
{
    m_current = classIndex;
    if (byUser || classIndex < 0)
        m_replaced = -1;
    refresh();
}

QString LimitAside::sentence() const
{
    if (subject() < 0 || m_limit.active.isEmpty() || m_limit.active.contains(subject()))
        return {};
    const auto name = [this](int classIndex) {
        return QStringLiteral("<b>%1</b>").arg(m_model.className(classIndex).toHtmlEscaped());
    };
    switch (m_limit.kind) {
    case LimitChoice::Kind::All: break;
    case LimitChoice::Kind::Zero:
        return tr("%1, whose maps are chosen, is not checked: a zero vector stands in its place, so its numbers and "
                  "maps are those of no class.")
            .arg(name(subject()));
    case LimitChoice::Kind::Drop:
        return subject() == m_current
                   ? tr("%1, whose maps are chosen, is not checked and leaves the decoder.").arg(name(subject()))
                   : tr("%1 is not checked and has left the decoder: %2 is shown instead.")
                         .arg(name(subject()), name(m_current));
    case LimitChoice::Kind::Filter:
        return tr("%1, whose maps are chosen, is hidden from the list; no number changes.").arg(name(subject()));
    }
    return {};
}

void LimitAside::refresh()
{
    const QString text = sentence();
    setText(text.isEmpty() ? QString() : text + QStringLiteral(" <a href=\"check\">%1</a>").arg(tr("Check it too")));
    setVisible(!text.isEmpty());
}

} // namespace ocellus
