// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QAbstractItemView;
class QBoxLayout;
class QLabel;
class QPushButton;

namespace ocellus {

/// Says over a list or table that shows nothing why that is so, with a button that leads out.
class ViewNotice : public QWidget {
    Q_OBJECT

public:
    /// The view owns it.
    explicit ViewNotice(QAbstractItemView* view);

    /// Hidden without a text; without a button where `wayOut` is empty.
    void setNotice(const QString& text, const QString& wayOut);
    QString text() const;

signals:
    void wayOutRequested();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void cover();

    QAbstractItemView* m_view;
    QLabel* m_text;
    QPushButton* m_wayOut;
    QBoxLayout* m_parts; ///< beside each other in a low view
};

} // namespace ocellus
