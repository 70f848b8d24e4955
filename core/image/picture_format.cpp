// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/picture_format.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/error.h"

namespace ocellus {

namespace {

using namespace std::string_view_literals;

/// Bytes at an offset that tell what a file is.
struct Signature {
    std::uint64_t offset;
    std::string_view bytes;
    std::string_view name;
};

constexpr auto rawName = "a camera raw file"sv;
constexpr auto heicName = "a HEIC picture"sv;
constexpr auto avifName = "an AVIF picture"sv;

/// What people do drop on a picture program, most telling first.
constexpr auto foreignSignatures = std::to_array<Signature>({
    {8, "CR\x02"sv, rawName}, // Canon CR2: a TIFF but for these
    {6, "HEAPCCDR"sv, rawName},
    {0, "IIRO"sv, rawName},
    {0, "IIRS"sv, rawName},
    {0, "MMOR"sv, rawName},
    {0, "IIU\0"sv, rawName},
    {0, "FUJIFILMCCD-RAW"sv, rawName},
    {0, "\0MRM"sv, rawName},
    {0, "FOVb"sv, rawName},
    {4, "ftypcrx "sv, rawName},
    {4, "ftyphei"sv, heicName},
    {4, "ftyphev"sv, heicName},
    {4, "ftypmif1"sv, heicName},
    {4, "ftypmsf1"sv, heicName},
    {4, "ftypavi"sv, avifName},
    {4, "ftyp"sv, "a video"sv},
    {0, "RIFF"sv, "a sound or video"sv},
    {0, "\x1A\x45\xDF\xA3"sv, "a video"sv},
    {0, "GIF87a"sv, "a GIF"sv},
    {0, "GIF89a"sv, "a GIF"sv},
    {0, "8BPS"sv, "a Photoshop document"sv},
    {0, "gimp xcf"sv, "a GIMP document"sv},
    {0, "%PDF"sv, "a PDF document"sv},
    {0, "%!PS"sv, "a PostScript document"sv},
    {0, "<svg"sv, "an SVG drawing"sv},
    {0, "<?xml"sv, "an XML document or SVG drawing"sv},
    {0, "<!DOCTYPE"sv, "a web page"sv},
    {0, "<!doctype"sv, "a web page"sv},
    {0, "<html"sv, "a web page"sv},
    {0, "\0\0\0\x0CjP  "sv, "a JPEG 2000 picture"sv},
    {0, "\xFF\x4F\xFF\x51"sv, "a JPEG 2000 picture"sv},
    {0, "\0\0\0\x0CJXL "sv, "a JPEG XL picture"sv},
    {0, "\xFF\x0A"sv, "a JPEG XL picture"sv},
    {0, "\x76\x2F\x31\x01"sv, "an OpenEXR picture"sv},
    {0, "#?RADIANCE"sv, "a Radiance HDR picture"sv},
    {0, "#?RGBE"sv, "a Radiance HDR picture"sv},
    {0, "\0\0\x01\0"sv, "an icon"sv},
    {0, "P1"sv, "a PNM picture"sv},
    {0, "P2"sv, "a PNM picture"sv},
    {0, "P3"sv, "a PNM picture"sv},
    {0, "P4"sv, "a PNM picture"sv},
    {0, "P5"sv, "a PNM picture"sv},
    {0, "P6"sv, "a PNM picture"sv},
    {0, "qoif"sv, "a QOI picture"sv},
    {0, "PK\x03\x04"sv, "a zip archive or PyTorch checkpoint"sv},
    {0, "\x1F\x8B"sv, "a gzip archive"sv},
    {0, "\x89HDF"sv, "an HDF5 file"sv},
});

/// Raw files that begin like any TIFF.
constexpr std::array<std::string_view, 15> rawExtensions{".3fr", ".arw", ".cr2", ".dcr", ".dng", ".erf", ".iiq", ".kdc",
                                                         ".mef", ".mos", ".nef", ".nrw", ".pef", ".rwl", ".sr2"};

[[noreturn]] void refuse(const ByteReader& file, std::string_view name)
{
    std::string wayOut = "Export it as JPEG or PNG.";
    if (name == rawName)
        wayOut = "Develop it with the camera's program, darktable or RawTherapee and export it as JPEG or PNG.";
    else if (name == heicName || name == avifName)
        wayOut = "Export it as JPEG or PNG from the photo program, or let the phone save \"most compatible\" pictures.";
    throw Error(ErrorCode::Unsupported, file.name(),
                "is " + std::string(name) + ", expected JPEG, PNG, TIFF, WebP or BMP", wayOut);
}

std::string lowerExtension(const std::string& name)
{
    std::string extension = std::filesystem::path(name).extension().string();
    std::transform(extension.begin(), extension.end(), extension.begin(),
                   [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
    return extension;
}

std::optional<PictureFormat> knownFormat(const ByteReader& file)
{
    if (file.matches(0, "\xFF\xD8\xFF"))
        return PictureFormat::Jpeg;
    if (file.matches(0, "\x89PNG\r\n\x1A\n"))
        return PictureFormat::Png;
    if (file.matches(0, "RIFF") && file.matches(8, "WEBP"))
        return PictureFormat::WebP;
    if (file.matches(0, "II\x2A\0"sv) || file.matches(0, "MM\0\x2A"sv) || file.matches(0, "II\x2B\0"sv) ||
        file.matches(0, "MM\0\x2B"sv))
        return PictureFormat::Tiff;
    // Two letters prove little: the size of the header behind them must be one of those that exist.
    static constexpr std::array<std::string_view, 7> bmpHeaders{"\x0C"sv, "\x10"sv, "\x28"sv, "\x34"sv,
                                                                "\x38"sv, "\x40"sv, "\x6C"sv};
    const bool bmpHeader = file.matches(14, "\x7C") || std::any_of(bmpHeaders.begin(), bmpHeaders.end(),
                                                                   [&](auto size) { return file.matches(14, size); });
    if (file.matches(0, "BM") && (bmpHeader || file.size() < 18))
        return PictureFormat::Bmp;
    return std::nullopt;
}

} // namespace

PictureFormat sniffFormat(const ByteReader& file)
{
    const std::optional<PictureFormat> format = knownFormat(file);
    const bool looksRaw =
        std::find(rawExtensions.begin(), rawExtensions.end(), lowerExtension(file.name())) != rawExtensions.end();
    if (format == PictureFormat::Tiff && (looksRaw || file.matches(8, "CR\x02")))
        refuse(file, rawName);
    if (format)
        return *format;
    for (const Signature& foreign : foreignSignatures) {
        if (file.matches(foreign.offset, foreign.bytes))
            refuse(file, foreign.name);
    }
    refuse(file, "no picture that Ocellus knows");
}

} // namespace ocellus
