// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace ocellus {

/// Small print that gives way: as many of its lines as there is room for, two at least; what is cut off ends in an
/// ellipsis and is in the tool tip.
class YieldingText : public QWidget {
    Q_OBJECT

public:
    explicit YieldingText(QWidget* parent = nullptr);

    void setText(const QString& text);
    const QString& text() const { return m_text; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    QStringList lines(int most) const;

    QString m_text;
};

} // namespace ocellus
