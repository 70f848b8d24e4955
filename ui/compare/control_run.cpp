// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/control_run.h"

#include <utility>

#include <QPainter>

#include "core/base/error.h"
#include "core/edit/edit.h"
#include "ui/engine/engine_worker.h"
#include "ui/engine/picture_image.h"

namespace ocellus {

namespace {

constexpr int thumbnailSide = 96;

ViewRequest withEdits(ViewRequest request, EditList edits)
{
    request.edits = std::move(edits);
    request.pictureOnly = false;
    request.intervention = {};
    return request;
}

EditList without(EditList edits, std::size_t index)
{
    edits.erase(edits.begin() + static_cast<std::ptrdiff_t>(index));
    return edits;
}

/// The picture as the edit finds it, small, with the mask laid over it and its box around it.
QImage marked(const QImage& small, const Mask& mask)
{
    QImage image = small.convertToFormat(QImage::Format_RGB32);
    const double scale = static_cast<double>(small.width()) / mask.pictureSize().width;
    const PixelBox& box = mask.box();
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            if (mask.at(static_cast<int>((x + 0.5) / scale), static_cast<int>((y + 0.5) / scale)) >= 128)
                image.setPixel(x, y, qRgb(255, 160, 0));
    const QRectF place(box.left * scale, box.top * scale, box.width * scale, box.height * scale);
    QPainter painter(&image);
    // Dark around light, so that it is seen on any picture.
    painter.setPen(QPen(QColor(0, 0, 0, 160), 3));
    painter.drawRect(place);
    painter.setPen(QPen(Qt::white, 1));
    painter.drawRect(place);
    return image;
}

/// What the model says of the request. Throws Error(Unreadable) where the file holds other pixels by now: effects of
/// two pictures cannot be compared.
std::shared_ptr<const Decoding> decodingOf(const ViewRequest& request, const ContentKey& picture, EngineWorker& worker,
                                           const Progress& progress)
{
    const ViewResult view = worker.explain(request, progress);
    if (view.key.picture != picture)
        throw Error(ErrorCode::Unreadable, request.picture.string(),
                    "the file was written by another program while controls were drawn: draw them again");
    return view.decoding;
}

} // namespace

/// What is known so far; written by units, which run one after the other, and read when they are done.
struct ControlRun::Work {
    Request request;
    Found found;
    ClassStanding before;
    ContentKey picture;                                ///< all is of these pixels
    std::vector<std::optional<ClassStanding>> changes; ///< of the controls, by number
    std::vector<QImage> thumbnails;
};

ControlRun::ControlRun(EngineController& controller, QObject* parent)
    : QObject(parent),
      m_prepare(controller),
      m_controls(controller)
{
    for (BatchRun* batch : {&m_prepare, &m_controls}) {
        connect(batch, &BatchRun::failed, this, &ControlRun::fail);
        connect(batch, &BatchRun::cancelled, this, [this] {
            if (std::exchange(m_work, nullptr))
                emit cancelled();
        });
    }
    connect(&m_controls, &BatchRun::progressed, this, &ControlRun::progressed);
    connect(&m_controls, &BatchRun::finished, this, &ControlRun::finish);
}

void ControlRun::start(const Request& request)
{
    cancel();
    m_work = std::make_shared<Work>();
    m_work->request = request;
    emit started();
    prepare();
}

void ControlRun::cancel()
{
    m_prepare.cancel();
    m_controls.cancel();
}

/// Asks without and with the edit, and draws the places; of these, the controls' number is known only then.
void ControlRun::prepare()
{
    const Request request = m_work->request;
    m_prepare.start({[this, request](EngineWorker& worker, const Progress& progress) -> std::function<void()> {
        const EditList& edits = request.view.edits;
        const Edit& real = edits.at(request.edit);
        ViewRequest found = withEdits(request.view, EditList(edits.begin(), edits.begin() + request.edit));
        found.pictureOnly = true;
        const ShownPicture shown = worker.explain(found, progress).shown;
        const QImage& picture = shown.picture;
        ControlOptions options;
        options.count = request.count;
        if (request.place == Place::Mask)
            options.animal = request.animal;
        else if (request.place == Place::EstimatedAnimal)
            options.animal = estimatedAnimal(toPicture(picture));
        const ControlEdits controls = controlEdits(real, options);

        const auto before =
            decodingOf(withEdits(request.view, without(edits, request.edit)), shown.content, worker, progress);
        const auto after = decodingOf(request.view, shown.content, worker, progress);
        const int classIndex = request.classIndex >= 0
                                   ? request.classIndex
                                   : before->classes()[static_cast<std::size_t>(before->ranking().front())];
        const ClassStanding standing = standingOf(*before, classIndex);
        const ClassStanding change = changeOf(standing, standingOf(*after, classIndex));
        const QImage small =
            picture.scaled(thumbnailSide, thumbnailSide, Qt::KeepAspectRatio, Qt::SmoothTransformation);
        return [this, controls, classIndex, standing, change, small, content = shown.content] {
            Work& work = *m_work;
            work.picture = content;
            work.found.classIndex = classIndex;
            work.before = work.found.result.before = standing;
            work.found.result.change = change;
            work.found.result.asked = controls.asked;
            work.found.result.shortfall = QString::fromStdString(controls.shortfall());
            for (const Edit& control : controls.edits)
                work.thumbnails.push_back(marked(small, control.mask));
            askAboutControls(controls.edits);
        };
    }});
}

void ControlRun::askAboutControls(const EditList& controls)
{
    m_work->changes.resize(controls.size());
    std::vector<EngineUnit> units;
    for (std::size_t i = 0; i < controls.size(); ++i) {
        EditList edits = m_work->request.view.edits;
        edits[m_work->request.edit] = controls[i];
        const ViewRequest request = withEdits(m_work->request.view, std::move(edits));
        const int classIndex = m_work->found.classIndex;
        const ClassStanding before = m_work->before;
        units.push_back([this, i, request, classIndex, before, picture = m_work->picture](
                            EngineWorker& worker, const Progress& progress) -> std::function<void()> {
            const auto decoding = decodingOf(request, picture, worker, progress);
            const ClassStanding change = changeOf(before, standingOf(*decoding, classIndex));
            return [this, i, change] { m_work->changes[i] = change; };
        });
    }
    m_controls.start(std::move(units));
}

void ControlRun::finish()
{
    const std::shared_ptr<Work> work = std::exchange(m_work, nullptr);
    if (!work)
        return;
    for (std::size_t i = 0; i < work->changes.size(); ++i)
        if (work->changes[i])
            work->found.result.controls.push_back({*work->changes[i], work->thumbnails[i]});
    emit finished(work->found);
}

/// One control that could not be asked about would make the others' share wrong without a word.
void ControlRun::fail(const Failure& failure)
{
    m_work.reset();
    cancel();
    emit failed(failure);
}

} // namespace ocellus
