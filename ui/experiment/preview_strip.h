// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QImage>
#include <QWidget>

namespace ocellus {

/// A picture before an edit, with the region that will be edited, and after it.
struct PreviewPair {
    QImage before, after; ///< null where there is nothing to edit
    QString name;
    QString answer; ///< of the model before and after, or why there is nothing to edit
};

/// A few pictures as an experiment would edit them, in the lines and columns that make them largest.
class PreviewStrip : public QWidget {
    Q_OBJECT

public:
    explicit PreviewStrip(QWidget* parent = nullptr);

    void setPairs(const std::vector<PreviewPair>& pairs);
    /// In place of pairs: what is being done, or what is missing.
    void setNote(const QString& note);
    /// The pairs are of another choice than the one that is set now.
    void setStale(bool stale);

    const std::vector<PreviewPair>& pairs() const { return m_pairs; }
    QString note() const { return m_note; }
    bool isStale() const { return m_stale; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int wordsHeight() const;
    void drawPair(QPainter& painter, const QRect& place, const PreviewPair& pair) const;

    std::vector<PreviewPair> m_pairs;
    QString m_note;
    bool m_stale = false;
};

} // namespace ocellus
